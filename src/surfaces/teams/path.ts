/** Where Teams sends activities. */
export const TEAMS_PATH = '/api/messages'
