import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppManifestUtils } from '@microsoft/app-manifest'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildAppPackage } from '../../manifests/teams/app-package.ts'
import manifest from '../../manifests/teams/manifest.json' with { type: 'json' }
import { helpCard } from '../../src/surfaces/teams/cards/help-card.ts'
import { readPng } from '../support/read-png.ts'
import { runNpmCommand } from '../support/run-npm-command.ts'

const FOLDER = new URL('../../manifests/teams/', import.meta.url)
const CONFIG = { appId: '8c1f6c5a-2f0e-4c55-9d3a-2f5d1f0b7a11', publicUrl: 'https://cars.example.com:8443/pool' }
const SETTINGS = { MICROSOFT_APP_ID: CONFIG.appId, PUBLIC_URL: `${CONFIG.publicUrl}/` }

/** The manifest as it stands, or with other fields. */
const template = (other: object = {}) => JSON.stringify({ ...manifest, ...other })

async function built(): Promise<Record<string, Uint8Array>> {
  const result = await buildAppPackage(template(), CONFIG)
  return result.kind === 'built' ? unzipSync(result.zip) : expect.fail(result.problems.join('\n'))
}
async function packedManifest() {
  const files = await built()
  return JSON.parse(new TextDecoder().decode(files['manifest.json']))
}
async function problemsWith(other: object): Promise<string[]> {
  const result = await buildAppPackage(template(other), CONFIG)
  return result.kind === 'refused' ? result.problems : []
}

describe('the Teams manifest', () => {
  it('is valid once it is filled in, and has nothing left to fill in', async () => {
    const packed = await packedManifest()
    expect(await AppManifestUtils.validateAgainstSchema(packed)).toEqual([])
    expect(JSON.stringify(packed)).not.toContain('{{')
    expect(packed).toMatchObject({
      manifestVersion: '1.25',
      id: CONFIG.appId,
      developer: { websiteUrl: CONFIG.publicUrl, privacyUrl: CONFIG.publicUrl, termsOfUseUrl: CONFIG.publicUrl },
      bots: [{ botId: CONFIG.appId, scopes: ['personal', 'team', 'groupChat'] }],
      validDomains: ['cars.example.com:8443'],
    })
  })

  it('offers the words of the help, in each place once', () => {
    const lines = helpCard().body.map((part) => (part.type === 'RichTextBlock' ? part.inlines : []))
    const words = lines.filter((line) => line.length > 1).map(([word]) => word?.text)
    expect(words).toContain('help')
    const [bot] = manifest.bots
    expect(bot?.commandLists.map(({ commands }) => commands.map(({ title }) => title))).toEqual([words, words])
    expect(bot?.commandLists.flatMap(({ scopes }) => scopes)).toEqual(bot?.scopes)
  })

  it.each([
    [
      'a name that is too long',
      { name: { short: 'x'.repeat(31) } },
      '/name/short must NOT have more than 30 characters',
    ],
    ['a field that Teams does not know', { colour: 'red' }, '{"additionalProperty":"colour"}'],
    ['a field that is missing', { developer: undefined }, `"missingProperty":"developer"`],
    [
      'a bot without an id',
      { bots: [{ ...manifest.bots[0], botId: 'motorpool' }] },
      '/bots/0/botId must match pattern',
    ],
    [
      'channels it says nothing about',
      { supportsChannelFeatures: undefined },
      '/supportsChannelFeatures must be "tier1"',
    ],
  ])('is refused with %s, which is named', async (_what, other, problem) => {
    expect(await problemsWith(other)).toEqual([expect.stringContaining(problem)])
  })
})

describe('the icons', () => {
  const icon = async (name: string) => readPng(await readFile(new URL(name, FOLDER)))

  it('in colour: 192 pixels, filled to its edges', async () => {
    const { width, height, pixels } = await icon('color.png')
    expect([width, height, pixels.length]).toEqual([192, 192, 192 * 192])
    expect(pixels.every(([, , , alpha]) => alpha === 255)).toBe(true)
    expect(new Set(pixels.map(String)).size).toBeGreaterThan(50)
  })

  it('outline: 32 pixels, white on nothing', async () => {
    const { width, height, pixels } = await icon('outline.png')
    expect([width, height, pixels.length]).toEqual([32, 32, 32 * 32])
    const drawn = pixels.filter(([, , , alpha]) => alpha > 0)
    expect(drawn.every(([red, green, blue]) => Math.min(red, green, blue) === 255)).toBe(true)
    expect(drawn.filter(([, , , alpha]) => alpha === 255).length).toBeGreaterThan(50)
    expect(drawn.length).toBeLessThan(pixels.length / 2)
    const corners = [0, 31, 31 * 32, 32 * 32 - 1].map((at) => pixels[at]?.[3])
    expect(corners).toEqual([0, 0, 0, 0])
  })
})

describe('npm run manifest:teams', { timeout: 30_000 }, () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'motorpool-manifest-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const build = (environment: Record<string, string>, ...args: string[]) =>
    runNpmCommand('../../manifests/teams/build', { folder, args, environment, how: 'source' })

  it('writes the manifest and both icons, nothing else, and the same bytes on every computer', async () => {
    const [here, elsewhere] = await Promise.all([
      build({ ...SETTINGS, TZ: 'Pacific/Honolulu' }, 'one/motorpool.zip'),
      build({ ...SETTINGS, TZ: 'Pacific/Auckland' }, 'other.zip'),
    ])
    expect(here).toEqual({ code: 0, out: ['Upload one/motorpool.zip in the Teams admin center.'], err: [] })
    expect(elsewhere.code).toBe(0)
    const zip = await readFile(join(folder, 'one/motorpool.zip'))
    expect(zip.equals(await readFile(join(folder, 'other.zip')))).toBe(true)
    const files = unzipSync(zip)
    expect(Object.keys(files)).toEqual(['manifest.json', 'color.png', 'outline.png'])
    expect(JSON.parse(new TextDecoder().decode(files['manifest.json']))).toEqual(await packedManifest())
    for (const name of ['color.png', 'outline.png']) {
      expect(Buffer.from(files[name] ?? []).equals(await readFile(new URL(name, FOLDER)))).toBe(true)
    }
  })

  it.each([
    ['what is missing', {}, ['MICROSOFT_APP_ID is missing', 'PUBLIC_URL is missing']],
    [
      'what is wrong',
      { MICROSOFT_APP_ID: 'motorpool', PUBLIC_URL: 'http://cars.example.com' },
      ['MICROSOFT_APP_ID must be the Application (client) ID', 'PUBLIC_URL must be a URL that begins with https://'],
    ],
  ])('names %s, and writes nothing', async (_what, environment, lines) => {
    const { code, out, err } = await build(environment, 'refused.zip')
    expect({ code, out, err }).toEqual({ code: 1, out: [], err: lines.map((line) => expect.stringContaining(line)) })
    await expect(readFile(join(folder, 'refused.zip'))).rejects.toThrow('ENOENT')
  })
})
