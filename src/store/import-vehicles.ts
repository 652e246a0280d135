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

async function readFleet(tx: Prisma.TransactionClient, at: Date): Promise<Fleet> {
  const vehicles = await tx.vehicle.findMany({ omit: { createdAt: true, status: true } })
  const held = await tx.vehicleHold.findMany({
    where: { bookingId: { not: null }, endsAt: { gt: at } },
    distinct: ['bookingId'],
    select: { vehicleId: true, booking: { select: { number: true, passengers: true } } },
  })
  const trips = held.flatMap(({ vehicleId, booking }) => (booking ? [{ vehicleId, ...booking }] : []))
  return { vehicles, sites: await readSites(tx), trips }
}

async function write(tx: Prisma.TransactionClient, vehicles: FleetVehicle[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO vehicles (id, name, type, seats, license_plate, site_id, turnaround_minutes, image_url)
    SELECT v.id, v.name, v.type, v.seats, v."licensePlate", v."siteId", v."turnaroundMinutes", v."imageUrl"
    FROM jsonb_to_recordset(${JSON.stringify(vehicles)}::jsonb) AS v(id uuid, name text, type text, seats int,
      "licensePlate" text, "siteId" uuid, "turnaroundMinutes" int, "imageUrl" text)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, type = excluded.type, seats = excluded.seats,
      license_plate = excluded.license_plate, site_id = excluded.site_id,
      turnaround_minutes = excluded.turnaround_minutes, image_url = excluded.image_url`
}

function factsOf({ id, seats, siteId, turnaroundMinutes }: FleetVehicle): ImportedFacts {
  return { id, seats, siteId, turnaroundMinutes }
}
