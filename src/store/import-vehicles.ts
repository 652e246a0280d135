import {
  type Fleet,
  type FleetVehicle,
  planVehiclesImport,
  type VehiclesPlan,
  type VehiclesTable,
} from '../core/fleet/import-vehicles.ts'
import type { ImportDecision } from '../core/people/import-table.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { addSites, auditImport, type ImportedFacts, importTransaction, readSites } from './import-transaction.ts'

/** Imports cars whole or not at all. `companyTimeZone` is for sites that are new. */
export function importVehicles(
  prisma: PrismaClient,
  table: VehiclesTable,
  companyTimeZone: string,
  at: Date,
): Promise<ImportDecision<VehiclesPlan>> {
  return importTransaction(
    prisma,
    async (tx) => planVehiclesImport(table, await readFleet(tx, at), companyTimeZone),
    async (tx, { newSites, added, changed }) => {
      await addSites(tx, newSites)
      await write(tx, [...added, ...changed.map(({ after }) => after)])
      const trail = changed.map(({ before, after }) => ({ before: factsOf(before), after: factsOf(after) }))
      await auditImport(tx, 'vehicle', { added: added.map(factsOf), changed: trail }, at)
    },
  )
}

/** Lists the trips that hold each car after `$1`: the trip of a booking, and the one that the booking may become. */
const TRIPS_AHEAD = `
  SELECT h.vehicle_id AS "vehicleId", b.number, greatest(
    CASE WHEN b.vehicle_id = h.vehicle_id THEN b.passengers END,
    CASE WHEN b.change->>'status' IN ('pending_manager', 'pending_hr', 'changes_requested')
      AND b.change->'trip'->>'vehicleId' = h.vehicle_id::text THEN (b.change->'trip'->>'passengers')::int END
  ) AS passengers
  FROM vehicle_holds h JOIN bookings b ON b.id = h.booking_id WHERE h.ends_at > $1`

async function readFleet(tx: Prisma.TransactionClient, at: Date): Promise<Fleet> {
  const vehicles = await tx.vehicle.findMany({ omit: { createdAt: true, plateKey: true } })
  return { vehicles, sites: await readSites(tx), trips: await tx.$queryRawUnsafe<Fleet['trips']>(TRIPS_AHEAD, at) }
}

async function write(tx: Prisma.TransactionClient, vehicles: FleetVehicle[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO vehicles (id, name, type, seats, license_plate, site_id, turnaround_minutes, image_url, status)
    SELECT v.id, v.name, v.type, v.seats, v."licensePlate", v."siteId", v."turnaroundMinutes", v."imageUrl",
      v.status::vehicle_status
    FROM jsonb_to_recordset(${JSON.stringify(vehicles)}::jsonb) AS v(id uuid, name text, type text, seats int,
      "licensePlate" text, "siteId" uuid, "turnaroundMinutes" int, "imageUrl" text, status text)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, type = excluded.type, seats = excluded.seats,
      license_plate = excluded.license_plate, site_id = excluded.site_id,
      turnaround_minutes = excluded.turnaround_minutes, image_url = excluded.image_url, status = excluded.status`
}

function factsOf({ id, seats, siteId, turnaroundMinutes, status }: FleetVehicle): ImportedFacts {
  return { id, seats, siteId, turnaroundMinutes, status }
}
