import { type Logger, LogLevel } from '@slack/web-api'

/** Slack's client says nothing of what a test has go wrong. */
export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
}
