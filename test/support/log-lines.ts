import { type Logger, pino } from 'pino'

interface LogLine {
  level: number
  msg: string
  err?: { stack?: string }
}

/** A log that can be read: pino's levels are 30 (info), 40 (warn), 50 (error). */
export function readableLog(): { log: Logger; lines: LogLine[] } {
  const lines: LogLine[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) })
  return { log, lines }
}
