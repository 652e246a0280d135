import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Import, importTable } from '../../src/commands/imports/import-table.ts'
import { people } from '../../src/commands/imports/people.ts'
import { readTable } from '../../src/commands/imports/read-table.ts'
import { sites } from '../../src/commands/imports/sites.ts'
import { vehicles } from '../../src/commands/imports/vehicles.ts'
import { CommandRefused } from '../../src/commands/run-command.ts'
import { acquireInstanceLock } from '../../src/store/embedded/instance-lock.ts'
import { type Company, openCompany, openStep } from '../support/company.ts'
import { startOwnProcess } from '../support/own-process.ts'
import { runNpmCommand } from '../support/run-npm-command.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'motorpool-commands-'))
  // The embedded server of root's tests runs as another user, who has to get in.
  await chmod(folder, 0o755)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function file(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), content)
  return name
}

describe('a file is read', () => {
  const read = async (content: string | Uint8Array) => {
    const path = join(folder, await file('table.csv', content))
    return readTable(path, { required: ['name', 'site'], optional: ['note'] }, 'example')
  }
  const refusal = (content: string | Uint8Array) =>
    read(content).then(
      () => 'nothing was refused',
      (error: Error) => error.message,
    )
  const anna = { name: 'Anna', site: 'Köln' }

  it.each([
    ['with commas', 'name,site\nAnna,Köln\n'],
    ['with semicolons', 'name;site\nAnna;Köln\n'],
    ['with the byte order mark and line ends of Excel', '\uFEFFname;site\r\nAnna;Köln\r\n'],
    ['with the line ends of an old Mac', 'name,site\rAnna,Köln\r'],
    ['without a line end', 'name,site\nAnna,Köln'],
    ['with columns in another order and case', 'SITE, Name\nKöln,Anna\n'],
    ['with quotes and blanks', '"name","site"\n" Anna ","Köln"\n'],
    ['with blank lines and empty cells at its end', 'name,site,,\nAnna,Köln,,\n\n,,,\n\n'],
    ['with tabs', 'name\tsite\nAnna\tKöln\n'],
    ['with letters that are put together', 'name,site\nAnna,Ko\u0308ln\n'],
  ])('%s', async (_what, content) => {
    expect(await read(content)).toMatchObject({ rows: [{ line: 2, cells: anna }], problems: [] })
  })

  it.each([
    ['sep=;\nname;site\nAnna;Köln, Deutz\n', 'Köln, Deutz'],
    ['\uFEFFsep=,\r\nname,site\r\nAnna,Köln; Deutz\r\n', 'Köln; Deutz'],
    ['SEP=\t\nname\tsite\nAnna\tKöln; Deutz\n', 'Köln; Deutz'],
    ['"sep=;"\nname;site\nAnna;Köln\n', 'Köln'],
  ])('with a first line that says what separates its cells: %j', async (content, site) => {
    expect(await read(content)).toMatchObject({ rows: [{ line: 3, cells: { name: 'Anna', site } }], problems: [] })
  })

  it('with the line numbers of the file, where cells have line breaks and lines are blank', async () => {
    const { rows } = await read('name,site\r\n"Anna\r\n\r\nMaria",K\r\n\r\n"a, ""b""",L\r\n')
    expect(rows).toEqual([
      { line: 2, cells: { name: 'Anna Maria', site: 'K' } },
      { line: 6, cells: { name: 'a, "b"', site: 'L' } },
    ])
  })

  it('with a row that is too long for the header named', async () => {
    const { problems } = await read('name,site\nAnna,Köln\nBen,Köln, Deutz\n')
    expect(problems).toEqual([
      { line: 3, field: null, reason: expect.stringMatching(/^has more cells than the header/) },
    ])
  })

  it.each([
    ['is empty', '', /^table.csv is empty/],
    ['has an unknown column', 'name,site,sites\n', /there is no column "sites" \(the columns are name, site, note\)/],
    ['lacks a column', 'name\n', /the column site is missing/],
    ['has a column twice', 'name,site,Name\n', /the column name is there twice/],
    ['has a quote that is not closed', 'name,site\nA,B\n"Anna,Köln\n', /^table.csv, line \d+: a quotation mark/],
    ['is in Latin-1', Buffer.from('name,site\nAnna,Köln\n', 'latin1'), /is not in UTF-8/],
    ['is in UTF-16', Buffer.from('\uFEFFname,site\n', 'utf16le'), /is not in UTF-8/],
    ['is in UTF-16 and says nothing of it', Buffer.from('name,site\n', 'utf16le'), /is not in UTF-8/],
  ])('but refused where it %s', async (_what, content, message) => {
    expect(await refusal(content)).toMatch(message)
  })
})

describe('imports of people, cars and sites', () => {
  const HEADER = 'email,name,role,manager_email,department,site,time_zone,active'
  let company: Company
  beforeAll(async () => {
    company = await openCompany()
  })
  afterAll(() => company.close())

  /** Runs the import, and returns what it says, a line each. */
  async function run<Column extends string, Plan>(kind: Import<Column, Plan>, name: string): Promise<string[]> {
    const table = await readTable(join(folder, name), kind.columns, 'example')
    const { database, deps } = company
    const at = new Date()
    return importTable(kind, table, { database, companyTimeZone: 'Europe/Paris', deadlines: deps.deadlines, at })
  }

  it('say what they did, and the second time that there was nothing to do', async () => {
    const newcomers = await file('people.csv', `${HEADER}\nnew@example.com,New,,,,Lyon,,\n`)
    expect(await run(people, newcomers)).toEqual([
      '1 person: 1 new, 0 changed, 0 as they were',
      'New site: Lyon (Europe/Paris)',
      '7 people not in the file are left as before.',
    ])
    const again = ['1 person: 0 new, 0 changed, 1 as they were', 'Nothing was changed.']
    expect((await run(people, newcomers)).slice(0, 2)).toEqual(again)

    const header = 'name,type,seats,license_plate,site,turnaround_minutes,image_url'
    const cars = await file('cars.csv', `${header}\nZoe,,4,LY-1,Lyon,,\nOctavia,,1,B-MP 505,Berlin,,\n`)
    const booked = await company.request({ by: 'Ben', passengers: 2 })
    expect(await run(vehicles, cars)).toEqual([
      '2 cars: 1 new, 1 changed, 0 as they were',
      '5 cars not in the file are left as before.',
      `Warning: Octavia (B-MP 505) is booked for more people than its 1 seats: #${booked.number}`,
    ])
  })

  it('say what became of each site', async () => {
    const header = 'name,time_zone,working_days,working_hours'
    const some = await file(
      'sites.csv',
      `${header}\nCairo,Africa/Cairo,sun-thu,7-15\nGraz,,,\nBERLIN,UTC,"mon,tue",\nLisbon,,,\n`,
    )
    const out = await run(sites, some)
    expect(out.slice(0, 3)).toEqual([
      '4 sites: 2 new, 1 changed, 1 as they were',
      'New site: Cairo (Africa/Cairo), works mon, tue, wed, thu, sun, 07:00-15:00',
      'New site: Graz (Europe/Paris)',
    ])
    expect(out.at(-1)).toBe(
      "Changed: BERLIN: BERLIN (was: Berlin), UTC (was: Europe/Berlin), works mon, tue (was: works on the company's days)",
    )
    const again = ['4 sites: 0 new, 0 changed, 4 as they were', 'Nothing was changed.']
    expect((await run(sites, some)).slice(0, 2)).toEqual(again)
    const back = await file('back.csv', 'name,time_zone,working_days\nBerlin,Europe/Berlin,\n')
    expect((await run(sites, back))[0]).toBe('1 site: 0 new, 1 changed, 0 as they were')
  })

  it('name every bad row, at most fifty, and change nothing', async () => {
    const before = await company.database.prisma.person.count()
    const bad = Array.from({ length: 52 }, (_, n) => `p${n}@example.com,P,boss,,,Lyon,,`)
    const mixed = await file('bad.csv', `${HEADER}\ngood@example.com,Good,,,,Lyon,,\n${bad.join('\n')}\n`)
    const refused = await run(people, mixed).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(CommandRefused)
    const err = (refused as CommandRefused).message.split('\n')
    expect(err).toHaveLength(52)
    expect(err.slice(0, 2)).toEqual([
      'bad.csv cannot be imported, and nothing was changed:',
      '  line 3, role: must be employee, manager, hr or admin, not "boss"',
    ])
    expect(err.at(-1)).toBe('  and 2 more')
    expect(await company.database.prisma.person.count()).toBe(before)
  })

  it('ask others what a manager who leaves had to decide, cancel what somebody who left had asked for, and warn', async () => {
    const asked = await company.request({ companionIds: [company.personId('Ben')], passengers: 2, car: 'Ford Transit' })
    const ofLeaver = await company.request({ by: 'Catarina', car: 'Peugeot 5008' })
    const rows = ['mara.lindqvist@example.com,Mara Lindqvist,manager,,Sales,Berlin,,no']
    rows.push('catarina.duarte@example.com,Catarina Duarte,,mara.lindqvist@example.com,Sales,Lisbon,,no')
    rows.push('anna.schmidt@example.com,Anna Schmidt,,hanna.weber@example.com,Sales,Berlin,,')
    rows.push('ben.koch@example.com,Ben Koch,,mara.lindqvist@example.com,Sales,Berlin,,no')
    rows.push('aydin.kaya@example.com,Aydin Kaya,hr,,People,Berlin,,')
    const out = await run(people, await file('left.csv', [HEADER, ...rows].join('\n')))
    expect(out).toContain(`#${asked.number} is asked anew: Hanna Weber`)
    expect(out).toContain(`#${ofLeaver.number} is cancelled, for Catarina Duarte has left: its car is free.`)
    const place = `#${asked.number} of Anna Schmidt`
    expect(out).toContain(`Warning: Ben Koch has left, and was to come along on ${place}: please tell them.`)
    expect(await company.deps.store.findBooking(ofLeaver.id)).toMatchObject({ status: 'cancelled' })
    expect(await company.database.prisma.schedule.count({ where: { job: 'directory' } })).toBe(0)
    const after = await company.deps.store.findBooking(asked.id)
    expect(after && openStep(after).asks.map((ask) => ask.person.name)).toEqual(['Hanna Weber'])
    const told = await company.database.prisma.delivery.count({
      where: { status: 'pending', channel: 'email', notification: { personId: company.personId('Hanna') } },
    })
    expect(told).toBeGreaterThan(0)
  })

  it('warn when the role of the last one who decides was left empty', async () => {
    const rows = [
      'hanna.weber@example.com,Hanna Weber,,,People,Berlin,,',
      'aydin.kaya@example.com,Aydin Kaya,,,IT,Berlin,,',
    ]
    const out = await run(people, await file('roles.csv', [HEADER, ...rows].join('\n')))
    expect(out.at(-1)).toBe(
      'Warning: nobody has the role hr or admin, so nobody can take the last decision: import somebody who has.',
    )
  })
})

describe('npm run import:people, import:vehicles and import:sites', () => {
  const run = (name: string, ...args: string[]) => runNpmCommand(name, { folder, args })

  it.each(['people', 'vehicles', 'sites'])('say what they need: %s', async (kind) => {
    const { code, err } = await run(`import-${kind}`)
    expect([code, err]).toEqual([1, [`Name the file to import: npm run import:${kind} -- ${kind}.csv`]])
  })

  it('say what is wrong, and end with 1', async () => {
    const lost = await run('import-people', 'lost.csv')
    expect([lost.code, lost.err]).toEqual([1, ['lost.csv cannot be read: there is no such file']])
  })
})

describe('beside a Motorpool that runs on its own database in this folder', () => {
  it('commands work on the same database, and leave it running', async () => {
    const slack = { SLACK_BOT_TOKEN: 'xoxb-test', SLACK_SIGNING_SECRET: 'secret', SLACK_API_URL: 'http://127.0.0.1:1/' }
    const service = startOwnProcess(folder, { PORT: '0', ...slack })
    try {
      await expect.poll(service.output, { timeout: 20_000 }).toMatch(/Motorpool is ready/)
      const more = await file(
        'more.csv',
        'email,name,role,manager_email,department,site,time_zone\na@b.example,A,,,,Berlin,\n',
      )
      const { code, out, err } = await runNpmCommand('import-people', { folder, args: [more] })
      expect([code, err, out[0]]).toEqual([0, [], '1 person: 1 new, 0 changed, 0 as they were'])
      const doctor = await runNpmCommand('doctor', { folder })
      expect(doctor.out).toContainEqual(expect.stringMatching(/^problem {2}People: 1 of 1 cannot request a car/))
    } finally {
      expect(await service.stop()).toBe(0)
    }
  })

  it('and where that one has no database yet, they say where it runs', async () => {
    const empty = await mkdtemp(join(folder, 'empty-'))
    const lock = await acquireInstanceLock(join(empty, '.data'), { url: 'http://localhost:3999' })
    const { code, err } = await runNpmCommand('migrate', { folder: empty })
    await lock.release()
    expect(code).toBe(1)
    expect(err).toEqual([
      `Motorpool is already running for this folder at http://localhost:3999 (process ${process.pid}).`,
    ])
    expect(await readdir(join(empty, '.data'))).toEqual([])
  })
})
