import { readFile } from 'node:fs/promises'
import { AppManifestUtils, type TeamsManifest } from '@microsoft/app-manifest'
import { zipSync } from 'fflate'
import type { TeamsAppConfig } from '../../src/config.ts'

/** What Teams takes: a zip with the manifest and both icons at its root; or what is wrong with the manifest. */
export type AppPackage = { kind: 'built'; zip: Uint8Array } | { kind: 'refused'; problems: string[] }

/**
 * The same bytes for the same settings. `template`: the text of `manifest.json`, with `{{…}}` where a setting goes.
 * Each problem begins with the field it is about.
 */
export async function buildAppPackage(template: string, config: TeamsAppConfig): Promise<AppPackage> {
  const manifest = filled(template, config)
  const problems = [...(await AppManifestUtils.validateAgainstSchema(manifest)), ...refusedByTeams(manifest)]
  if (problems.length > 0) return { kind: 'refused', problems }
  const files = {
    'manifest.json': new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`),
    [manifest.icons.color]: await icon(manifest.icons.color),
    [manifest.icons.outline]: await icon(manifest.icons.outline),
  }
  return { kind: 'built', zip: zipSync(files, { mtime: EARLIEST }) }
}

/** The first moment that a zip can state, in any time zone. */
const EARLIEST = new Date(1980, 0, 1)

function icon(name: string): Promise<Uint8Array> {
  return readFile(new URL(name, import.meta.url))
}

function filled(template: string, { appId, publicUrl }: TeamsAppConfig): TeamsManifest {
  const settings = { MICROSOFT_APP_ID: appId, PUBLIC_URL: publicUrl, PUBLIC_HOST: new URL(publicUrl).host }
  const fill = (text: string) =>
    Object.entries(settings).reduce((rest, [name, value]) => rest.replaceAll(`{{${name}}}`, () => value), text)
  return JSON.parse(template, (_field, value: unknown) => (typeof value === 'string' ? fill(value) : value))
}

/** What the schema lets pass and the upload does not: with 1.25 and later, an app for teams says which channels it knows. */
function refusedByTeams(manifest: TeamsManifest): string[] {
  const scopes = manifest.bots?.flatMap((bot): string[] => bot.scopes) ?? []
  const says = 'supportsChannelFeatures' in manifest && manifest.supportsChannelFeatures === 'tier1'
  return scopes.includes('team') && !says
    ? ['/supportsChannelFeatures must be "tier1": a bot has the scope "team"']
    : []
}
