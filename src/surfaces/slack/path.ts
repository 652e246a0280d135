/** Where Slack sends commands, interactions and events. */
export const SLACK_PATH = '/slack/events'
