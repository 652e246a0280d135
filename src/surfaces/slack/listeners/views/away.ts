import { z } from 'zod'
import { setAbsence } from '../../../../core/people/set-absence.ts'
import { awayField, awayLine } from '../../../view-models/away-words.ts'
import { moveWaiting } from '../../move-waiting.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { readPart } from '../../unreadable-form.ts'
import type { AwayField } from '../../views/away-modal.ts'
import { answerSubmission, type SubmissionArgs } from './answer-submission.ts'

const WORDS = {
  slow: 'Motorpool takes longer than usual. Please press “Save” again: it does no harm.',
  failed: 'It is not certain that this was saved. Please press “Save” again: it does no harm.',
}

const ValueSchema = z.object({
  selected_date_time: z.number().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
})

/** Somebody is away; once they have their answer, what waits for them goes to who stands in. */
export function awaySubmitted(deps: SlackDeps) {
  return (args: SubmissionArgs) => {
    const { core, absences } = deps
    let personId: string | null = null
    return answerSubmission(deps, args, {
      words: WORDS,
      act: async (person) => {
        const absence = await setAbsence({ ...core, absences }, { personId: person.id, ...absenceFrom(args.view) })
        personId = person.id
        return absence
      },
      reply: (absence, person) => ({ text: awayLine(absence, person, core.now()), shown: 'instead' }),
      show: (refusal) => {
        const field = awayField(refusal)
        return field ? { atBlock: field satisfies AwayField } : 'on_top'
      },
      afterwards: async () => {
        if (personId) await moveWaiting(deps, personId)
      },
    })
  }
}

function absenceFrom({ state }: SubmissionArgs['view']) {
  const chosen = (field: AwayField) => readPart(ValueSchema, Object.values(state.values[field] ?? {})[0] ?? {}, field)
  const at = (field: AwayField) => new Date(readPart(z.number(), chosen(field).selected_date_time, field) * 1000)
  const standIn = chosen('stand_in').selected_option?.value ?? ''
  return {
    startsAt: at('from'),
    endsAt: at('until'),
    standInId: readPart(z.uuid().or(z.literal('')), standIn, 'stand_in'),
  }
}
