import { runCommand } from './run-command.ts'

await runCommand('db:migrate', async (_url, _config, applied) => {
  console.log(applied.length > 0 ? `Applied ${applied.join(', ')}` : 'Nothing to apply: the database is up to date')
})
