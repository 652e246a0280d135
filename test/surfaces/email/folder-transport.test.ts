import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createFolderTransport } from '../../../src/surfaces/email/folder-transport.ts'
import { createEmailSender } from '../../../src/surfaces/email/sender.ts'
import { aDelivery } from './notice-builders.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailbox-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const senderTo = (directory: string) =>
  createEmailSender({
    from: 'cars@example.com',
    chatOf: async () => null,
    transport: createFolderTransport(directory),
  })

it('keeps each mail once, with its text and its calendar file', async () => {
  const delivery = aDelivery()
  const { deliver } = senderTo(join(folder, 'mailbox'))
  expect(await deliver(delivery)).toEqual({ kind: 'sent', externalId: delivery.id })
  expect(await deliver({ ...delivery, attempt: 2 })).toMatchObject({ kind: 'sent' })
  expect(await readdir(join(folder, 'mailbox'))).toEqual([delivery.id])
  const mail = join(folder, 'mailbox', delivery.id)
  expect((await readdir(mail)).sort()).toEqual([expect.stringMatching(/^booking-\d+\.ics$/), 'mail.html', 'mail.txt'])
  for (const path of [mail, join(mail, 'mail.txt')]) expect((await stat(path)).mode & 0o077).toBe(0)
  expect(await readFile(join(mail, 'mail.txt'), 'utf8')).toContain(`To: ${delivery.recipient.email}`)
})

it('is tried again where the folder cannot be written', async () => {
  await writeFile(join(folder, 'mailbox'), 'a file in the way')
  expect(await senderTo(join(folder, 'mailbox')).deliver(aDelivery())).toMatchObject({ kind: 'passing' })
})
