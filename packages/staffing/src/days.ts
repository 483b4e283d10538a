/** Days as text, `YYYY-MM-DD`: no time zone, so that none can shift them. */

const dayMs = 86_400_000

const startOf = (day: string) => Date.parse(`${day}T00:00:00Z`)

/** The day `count` days later. */
export function dayAfter(day: string, count: number): string {
  return new Date(startOf(day) + count * dayMs).toISOString().slice(0, 10)
}

/** How many days lie between, negative where `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((startOf(to) - startOf(from)) / dayMs)
}

export function isWeekend(day: string): boolean {
  return [0, 6].includes(new Date(startOf(day)).getUTCDay())
}
