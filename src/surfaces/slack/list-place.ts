import { z } from 'zod'
import type { ListPlace } from './views/list-blocks.ts'

/** What a modal carries of the list it was opened from; a modal from before there was one carries nothing. */
export const ListPlaceSchema = z
  .object({ name: z.enum(['mine', 'approvals']), responseUrl: z.url() })
  .nullable()
  .default(null) satisfies z.ZodType<ListPlace | null>
