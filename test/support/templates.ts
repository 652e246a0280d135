/** The databases that tests copy: migrated and empty, and the same with the demo company in it. */
export const TEMPLATE = 'motorpool_template'
export const DEMO_TEMPLATE = 'motorpool_demo'
