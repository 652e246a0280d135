// Runs after `npm ci`. `postgres` 3.4.9 can end the process, or hand one statement's rows to another, when a connection
// breaks at the wrong moment (porsager/postgres#1154, #1181, #1208). Its fixes are open and nobody merges them, so this
// replaces exactly the lines concerned, and fails when one of them is not there: then look at the new version's code.
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const MARK = '/* guarded by motorpool */'

/** @type {{ why: string, before: string, after: string }[]} */
const GUARDS = [
  {
    why: 'a statement for a connection that is closed is refused: nothing would ever answer it',
    before: `  function execute(q) {
    if (terminated)
`,
    after: `  function execute(q) { ${MARK}
    if (socket === null)
      return (queryError(q, Errors.connection('CONNECTION_CLOSED', options)), true)

    if (terminated)
`,
  },
  {
    why: 'what was to be written to a connection that is closed is dropped',
    before: `    const x = socket.write(chunk, fn)
`,
    after: `    const x = socket === null || socket.write(chunk, fn) ${MARK}
`,
  },
  {
    why: 'what was left to write does not stand before the first words of the next connection',
    before: `    clearImmediate(nextWriteTimer)
    socket.removeListener('data', data)
`,
    after: `    clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null ${MARK}
    socket.removeListener('data', data)
`,
  },
  {
    why: 'a connection that closes rejects what it was given since its error, and passes nothing on to the next one',
    before: `    socket = null

    if (initial)
      return reconnect()

    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))
`,
    after: `    socket = null
    results = errorResponse = null ${MARK}
    result = new Result()
    rows = 0

    if (initial)
      return (query = null, reconnect())

    ;(query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))
    query = null
`,
  },
  {
    why: 'a connection that breaks while it asks for the types of arrays has rejected its first statement already',
    before: `        return fetchArrayTypes()
`,
    after: `        return fetchArrayTypes().catch(noop) ${MARK}
`,
  },
  {
    why: 'after a statement that failed half way through its rows, the next result begins at its first row',
    before: `    query = results = errorResponse = null
`,
    after: `    query = results = errorResponse = null
    rows = 0 ${MARK}
`,
  },
]

for (const build of ['src', 'cjs/src']) {
  const file = fileURLToPath(new URL(`../node_modules/postgres/${build}/connection.js`, import.meta.url))
  const text = readFileSync(file, 'utf8')
  const guarded = GUARDS.reduce((code, guard) => guardIn(code, guard, file), text)
  if (guarded === text) continue
  // A new file in its place: the old one may be linked from other folders.
  writeFileSync(`${file}.guarded`, guarded)
  renameSync(`${file}.guarded`, file)
}

/** Replaces the lines of one guard, where that is not done yet. */
function guardIn(code, { why, before, after }, file) {
  if (code.includes(after)) return code
  if (code.split(before).length === 2) return code.replace(before, () => after)
  console.error(
    `${file} cannot be guarded (${why}). Its version is not the one that these lines were written for:\n${before}`,
  )
  process.exit(1)
}
