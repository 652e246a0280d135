import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SUPERUSER } from './create-cluster.ts'
import { DATABASE } from './launch-server.ts'

/**
 * The URL of the server that another process runs under `directory`, for those who may read its password; null when there is
 * none. https://www.postgresql.org/docs/18/storage-file-layout.html (`postmaster.pid`: the port is its fourth line)
 */
export async function findRunningServer(directory: string): Promise<string | null> {
  const cluster = join(directory, 'postgres')
  try {
    const password = (await readFile(join(cluster, 'password'), 'utf8')).trim()
    const [, , , port = ''] = (await readFile(join(cluster, 'data', 'postmaster.pid'), 'utf8')).split('\n')
    return Number(port) > 0 ? `postgresql://${SUPERUSER}:${password}@127.0.0.1:${Number(port)}/${DATABASE}` : null
  } catch {
    return null
  }
}
