/** Motorpool, which says on SIGUSR2 how much CPU time it has used so far, in microseconds. */
process.on('SIGUSR2', () => {
  const { user, system } = process.cpuUsage()
  console.log(`cpu ${user + system}`)
})
await import(process.env.MEASURED ?? '')
