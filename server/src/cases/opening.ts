import { record } from '#audit'
import { bindCase, isOfMinor, reportContent, type ReportContent } from '#intake'
import type { Tx } from '#platform/database'
import { newId, type AddressId, type CaseId, type ReportId } from '#platform/ids'
import { emit } from '#platform/jobs'
import { agencies, agencyNamed, leastLoadedAgency } from '#staffing'
import { propose } from './assignment.ts'
import { enterConsents } from './consent.ts'
import { putMatter } from './matter.ts'
import { joinCounsellor } from './member.ts'
import * as store from './store.ts'

/**
 * Makes a case of a report: its agency, its number, an officer, and a matter for all that is to be done. The
 * event may be told twice; the second time finds the case.
 */
export async function openFromReport(tx: Tx, { report }: { report: ReportId }): Promise<CaseId> {
  await store.takeTurn(tx, report)
  const known = await store.fileOfReport(tx, report)
  if (known !== undefined) return known.id
  const content = await reportContent(tx, report)
  const file = await fileFor(tx, content)
  await store.addFile(tx, file)
  await bindCase(tx, report, file.id)
  await record(
    tx,
    'case.opened',
    { case: file.id, report },
    { agency: file.agency, number: file.number, isUrgent: file.is_urgent },
  )
  await enterConsents(tx, file.id, content)
  await propose(tx, file)
  await joinCounsellor(tx, file)
  await emit(tx, 'case.opened', { case: file.id, report })
  for (const address of content.addresses) await openAddress(tx, file, address)
  // A case without any matter would close at once: somebody speaks with whoever named no address.
  if (content.contactWay !== 'receiptOnly' || content.addresses.length === 0)
    await putMatter(tx, file.id, 'contact')
  return file.id
}

/**
 * Takes up an address that the reporter has named later; a closed case opens again. Where no case stands yet,
 * it is opened with all addresses that the report has.
 */
export async function addAddressFromReport(
  tx: Tx,
  event: { report: ReportId; address: AddressId },
): Promise<void> {
  const opened = await openFromReport(tx, event)
  const file = await store.file(tx, opened)
  const { addresses } = await reportContent(tx, event.report)
  const address = addresses.find(each => each.address === event.address)
  if (file !== undefined && address !== undefined) await openAddress(tx, file, address)
}

async function openAddress(
  tx: Tx,
  file: store.File,
  { address, host }: ReportContent['addresses'][number],
): Promise<void> {
  await store.addHosts(
    tx,
    domainsOf(host).map(domain => ({ agency: file.agency, host: domain, case_id: file.id })),
  )
  const put = await putMatter(tx, file.id, 'address', address)
  if (put.isNew) await emit(tx, 'address.opened', { case: file.id, address })
}

async function fileFor(tx: Tx, content: ReportContent): Promise<store.File> {
  const asked = (await agencies(tx)).find(each => each.code === content.region)
  const code = asked?.code ?? (await leastLoadedAgency(tx))
  const isMinor = isOfMinor(content)
  return {
    id: newId<'CaseId'>(tx.now),
    agency: code,
    report_id: content.report,
    number: await numberFor(tx, code),
    state: 'open',
    concern: content.concern,
    is_minor: isMinor,
    is_urgent: isMinor || content.concern === 'threat',
    wants_woman: content.wantsWoman,
    officer_id: null,
    is_known_person: false,
    is_kept_from_guardian: content.isKeptFromGuardian,
    opened_at: tx.now,
    closed_at: null,
  }
}

/** A number for people: the agency, the year in Seoul, and the place in it, as `서울-2026-0001`. */
async function numberFor(tx: Tx, code: string): Promise<string> {
  const year = Number(
    new Intl.DateTimeFormat('en', { timeZone: 'Asia/Seoul', year: 'numeric' }).format(tx.now),
  )
  const place = await store.nextNumber(tx, code, year)
  const name = (await agencyNamed(tx, code)).ko.replace(/경찰청$/, '')
  return `${name}-${year}-${String(place).padStart(4, '0')}`
}

/** The host and the domains above it, but for the last label: `a.b.example` is found under itself and `b.example`. */
function domainsOf(host: string): readonly string[] {
  const labels = host.split('.')
  if (labels.length < 2 || /^[\d.]+$/.test(host) || host.includes(':')) return [host]
  return labels.slice(0, -1).map((_, from) => labels.slice(from).join('.'))
}
