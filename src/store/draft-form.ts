import { z } from 'zod'
import { BOOKING_REASONS, BOOKING_TYPES } from '../core/booking/booking.ts'
import type { DraftForm } from '../core/booking/draft.ts'

/** A field that is not as it is written today was not filled in: an older form must still open. */
const field = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined)

const Moment = z.union([
  z.object({ at: z.iso.datetime().transform((text) => new Date(text)) }),
  z.object({ date: z.string(), time: z.string() }),
])

const Form = z
  .object({
    starts: field(Moment),
    ends: field(Moment),
    passengers: field(z.string()),
    vehicleId: field(z.uuid().nullable()),
    destination: field(z.string()),
    type: field(z.enum(BOOKING_TYPES)),
    reason: field(z.enum(BOOKING_REASONS)),
    details: field(z.string()),
    driverIds: field(z.array(z.uuid())),
    companionIds: field(z.array(z.uuid())),
    typedDrivers: field(z.string()),
    typedCompanions: field(z.string()),
    otherCompanions: field(z.string()),
  })
  .catch({})

/** What was stored of a form, whoever wrote it and when. */
export function readDraftForm(stored: unknown): DraftForm {
  return Form.parse(stored)
}
