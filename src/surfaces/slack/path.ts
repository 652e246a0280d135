/** Slack sends commands, interactions and events to this path. */
export const SLACK_PATH = '/slack/events'
