// Loaded before the Playground, which listens on every address of the computer and has no setting for it.
import { Server } from 'node:net'

const LOOPBACK = '127.0.0.1'
const { listen } = Server.prototype

Server.prototype.listen = function (first, ...rest) {
  if (typeof first === 'object' && first !== null) return listen.call(this, { ...first, host: LOOPBACK }, ...rest)
  if (typeof rest[0] === 'string') rest.shift()
  return listen.call(this, first, LOOPBACK, ...rest)
}
