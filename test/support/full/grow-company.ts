import type postgres from 'postgres'

/** The people whom what is past is about, and the cars they drove. */
export interface LargeCompany {
  employees: string[]
  /** The manager of the employee at the same place. */
  managers: string[]
  hr: string[]
  cars: string[]
}

/** Makes the demo company large: each manager has about 25 employees, and everybody is in Slack. */
export async function growCompany(sql: postgres.Sql, size: { employees: number; cars: number }): Promise<LargeCompany> {
  await sql`
    INSERT INTO vehicles (name, seats, license_plate, site_id)
    SELECT 'Car ' || n, 5, 'B-XL ' || n, (SELECT id FROM sites WHERE name = 'Berlin')
    FROM generate_series(1, ${size.cars}::int) n`
  await addPeople(sql, 'Decider', 2, 'hr')
  await addPeople(sql, 'Manager', Math.ceil(size.employees / 25), 'manager')
  await addPeople(sql, 'Employee', size.employees, 'employee')
  await sql`
    UPDATE people e SET manager_id = m.id FROM people m
    WHERE e.name LIKE 'Employee %' AND m.name = 'Manager ' || (1 + split_part(e.name, ' ', 2)::int / 25)`
  await sql`UPDATE people SET manager_id = (SELECT id FROM people WHERE name = 'Manager 1')
    WHERE name LIKE 'Employee %' AND manager_id IS NULL`
  await sql`
    INSERT INTO chat_accounts (person_id, platform, tenant_id, user_id, time_zone)
    SELECT id, 'slack', 'T1', 'U-' || email, 'Europe/Berlin' FROM people`
  await sql`ANALYZE people, chat_accounts, vehicles`
  const employees = await sql<{ id: string; managerId: string }[]>`
    SELECT id, manager_id AS "managerId" FROM people WHERE name LIKE 'Employee %' ORDER BY name`
  const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)
  return {
    employees: ids(employees),
    managers: employees.map(({ managerId }) => managerId),
    hr: ids(await sql<{ id: string }[]>`SELECT id FROM people WHERE active AND role = 'hr' ORDER BY name`),
    cars: ids(await sql<{ id: string }[]>`SELECT id FROM vehicles WHERE name LIKE 'Car %' ORDER BY name`),
  }
}

async function addPeople(sql: postgres.Sql, name: string, count: number, role: string): Promise<void> {
  await sql`
    INSERT INTO people (name, email, role, department, site_id)
    SELECT ${name}::text || ' ' || n, lower(${name}::text) || '.' || n || '@example.com', ${role}::person_role, 'Sales', s.id
    FROM generate_series(1, ${count}::int) n, sites s WHERE s.name = 'Berlin'`
}
