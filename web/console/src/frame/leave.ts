import * as access from '../access/api.ts'

/** Ends the session and everything that the page still holds of it. */
export async function leave(): Promise<void> {
  await access.signOut().catch(() => undefined)
  location.replace('/console/')
}
