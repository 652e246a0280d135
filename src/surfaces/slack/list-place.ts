import { z } from 'zod'
import { lookOf, packedLook } from '../view-models/list-look.ts'
import type { ListPlace } from './views/list-blocks.ts'

/** What a modal carries of the list it was opened from; a modal from before there was one carries nothing. */
export const ListPlaceSchema = z
  .object({
    name: z.enum(['mine', 'approvals']),
    responseUrl: z.url(),
    look: z
      .object({ offset: z.number(), rows: z.array(z.string()).nullable() })
      .catch(lookOf(''))
      .transform((look) => lookOf(packedLook(look))),
  })
  .nullable()
  .default(null) satisfies z.ZodType<ListPlace | null>
