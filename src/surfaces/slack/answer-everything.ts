import type { AllMiddlewareArgs, AnyMiddlewareArgs, App, ReceiverEvent } from '@slack/bolt'
import { z } from 'zod'
import { FORM_OUT_OF_DATE, MESSAGE_OUT_OF_DATE } from '../view-models/out-of-date-words.ts'
import { readBody, UnreadableBody } from './read-body.ts'
import { tellAlone } from './tell-alone.ts'
import { UnreadableForm } from './unreadable-form.ts'
import { noticeModal } from './views/notice-modal.ts'

interface Log {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
}

/** Something that came from Slack, and its answer. */
interface Exchange {
  isAnswered: boolean
  ack: ReceiverEvent['ack']
}

type Args = AnyMiddlewareArgs & AllMiddlewareArgs

/**
 * Answers what no listener answers, at once: a button, a form or a command of another version is out of date. Without it
 * Slack waits for 3 s and shows an error. What cannot be read is logged in one line.
 * @param readsBodies whether bodies come as Slack sends them, and not read yet
 */
export function answerEverything(app: App, log: Log, readsBodies: boolean): void {
  const exchanges = new WeakMap<object, Exchange>()
  const process = app.processEvent.bind(app)
  app.processEvent = async (event) => {
    try {
      const body = readsBodies ? readBody(event.body) : event.body
      const exchange: Exchange = {
        isAnswered: false,
        ack: async (answer) => {
          exchange.isAnswered = true
          await event.ack(answer)
        },
      }
      exchanges.set(body, exchange)
      await process({ ...event, body, ack: exchange.ack })
    } catch (error) {
      if (!(error instanceof UnreadableBody)) throw error
      log.warn({ where: error.where }, 'A message from Slack could not be read')
      await event.ack()
    }
  }
  app.use(async (args) => {
    try {
      await args.next()
      if (exchanges.get(args.body)?.isAnswered) return
      log.info({ from: whatOf(args.body) }, 'Something from Slack is of no use to this version')
    } catch (error) {
      if (!(error instanceof UnreadableForm)) throw error
      log.info({ from: whatOf(args.body), where: error.where }, 'A form could not be read')
    }
    await sayOutOfDate(args, exchanges.get(args.body))
  })
}

const Interaction = z.object({
  type: z.string().optional(),
  callback_id: z.string().optional(),
  actions: z.array(z.object({ action_id: z.string() })).optional(),
  response_url: z.string().optional(),
  trigger_id: z.string().default(''),
  user: z.object({ id: z.string() }).optional(),
  view: z
    .object({ id: z.string(), type: z.string(), callback_id: z.string(), title: z.object({ text: z.string() }) })
    .optional(),
})

/** The id of a button, a form or a shortcut, which tells an administrator what it was. */
function whatOf(body: unknown): string {
  const { type, callback_id, actions, view } = Interaction.safeParse(body).data ?? {}
  return actions?.[0]?.action_id ?? view?.callback_id ?? callback_id ?? type ?? 'command'
}

async function sayOutOfDate(args: Args, exchange: Exchange | undefined): Promise<void> {
  const ack = exchange?.isAnswered ? null : exchange?.ack
  const { type, view, user, ...pressed } = Interaction.parse(args.body)
  if (type === 'view_submission' && view) {
    const form = noticeModal(view.title.text, FORM_OUT_OF_DATE)
    return ack?.({ response_action: 'update', view: form })
  }
  if (type === 'block_suggestion') return ack?.({ options: [] })
  await ack?.()
  if (type === 'view_closed') return
  if (view?.type === 'modal') {
    await args.client.views.update({ view_id: view.id, view: noticeModal(view.title.text, FORM_OUT_OF_DATE) })
  } else if ('respond' in args && (user || pressed.response_url)) {
    const body = { ...pressed, user: user ?? { id: '' } }
    const told = { text: MESSAGE_OUT_OF_DATE, blocks: [] }
    await tellAlone({ client: args.client, respond: args.respond, body }, 'Out of date', told)
  }
}
