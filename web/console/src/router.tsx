/**
 * The addresses of the console: every page, the right that opens it, and what may stand behind its `?`.
 *
 * @module
 */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { AgencyReturnPage } from './access/agency-return-page.tsx'
import { EnrolmentPage } from './access/enrolment-page.tsx'
import { orderStates } from './blocking/api.ts'
import type { BlockSearch } from './blocking/blocking-page.tsx'
import type { CaseSearch } from './cases/case-list-page.tsx'
import type { CaseTab } from './cases/case-page.tsx'
import { Broken, For, NotFound } from './frame/faults.tsx'
import { Frame } from './frame/frame.tsx'
import { HomePage } from './home/home-page.tsx'
import { targetStates } from './takedown/api.ts'
import type { TargetSearch } from './takedown/target-list-page.tsx'

const root = createRootRoute({ notFoundComponent: NotFound })
const framed = createRoute({
  getParentRoute: () => root,
  id: 'framed',
  component: Frame,
  notFoundComponent: NotFound,
})

const enrolment = createRoute({ getParentRoute: () => root, path: '/enrol', component: EnrolmentPage })
const agencyReturn = createRoute({
  getParentRoute: () => root,
  path: '/identity-providers/$provider',
  component: AgencyReturnPage,
})
const home = createRoute({ getParentRoute: () => framed, path: '/', component: HomePage })

const oneOf = <const T extends string>(all: readonly T[], value: unknown): T | undefined =>
  all.find(each => each === value)

const caseList = createRoute({
  getParentRoute: () => framed,
  path: '/cases',
  validateSearch: (search: Record<string, unknown>): CaseSearch => {
    const state = oneOf(['open', 'closed', 'all'], search['state'])
    const q = search['q']
    return {
      ...(state === undefined ? {} : { state }),
      ...(typeof search['mine'] === 'boolean' ? { mine: search['mine'] } : {}),
      ...(typeof q === 'string' && q !== '' ? { q } : typeof q === 'number' ? { q: String(q) } : {}),
      ...(search['find'] === true ? { find: true } : {}),
    }
  },
  component: behind('cases.read', () => import('./cases/case-list-page.tsx'), 'CaseListPage'),
})

const tabs = [
  'overview',
  'report',
  'exhibits',
  'matches',
  'targets',
  'blocks',
  'timeline',
  'people',
  'support',
] as const
const oneCase = createRoute({
  getParentRoute: () => framed,
  path: '/cases/$case',
  validateSearch: (search: Record<string, unknown>): { tab?: CaseTab } => {
    const tab = oneOf(tabs, search['tab'])
    return tab === undefined ? {} : { tab }
  },
  component: behind('cases.read', () => import('./cases/case-page.tsx'), 'CasePage'),
})
const review = createRoute({
  getParentRoute: () => framed,
  path: '/matching',
  component: behind('matching.read', () => import('./matching/review-page.tsx'), 'ReviewPage'),
})
const lookUp = createRoute({
  getParentRoute: () => framed,
  path: '/matching/look-up',
  component: behind('matching.lookUp', () => import('./matching/look-up-page.tsx'), 'LookUpPage'),
})
const banks = createRoute({
  getParentRoute: () => framed,
  path: '/matching/banks',
  component: behind('matching.banks', () => import('./matching/banks-page.tsx'), 'BanksPage'),
})
const oneBank = createRoute({
  getParentRoute: () => framed,
  path: '/matching/banks/$bank',
  component: behind('matching.banks', () => import('./matching/bank-page.tsx'), 'BankPage'),
})
const targetList = createRoute({
  getParentRoute: () => framed,
  path: '/takedown',
  validateSearch: (search: Record<string, unknown>): TargetSearch => {
    const state = oneOf(['all', ...targetStates], search['state'])
    return state === undefined ? {} : { state }
  },
  component: behind('takedown.read', () => import('./takedown/target-list-page.tsx'), 'TargetListPage'),
})
const providers = createRoute({
  getParentRoute: () => framed,
  path: '/takedown/providers',
  component: behind('takedown.providers', () => import('./takedown/providers-page.tsx'), 'ProvidersPage'),
})
const target = createRoute({
  getParentRoute: () => framed,
  path: '/takedown/$target',
  component: behind('takedown.read', () => import('./takedown/target-page.tsx'), 'TargetPage'),
})
const blocking = createRoute({
  getParentRoute: () => framed,
  path: '/blocking',
  validateSearch: (search: Record<string, unknown>): BlockSearch => {
    const state = oneOf(orderStates, search['state'])
    return state === undefined ? {} : { state }
  },
  component: behind('blocking.read', () => import('./blocking/blocking-page.tsx'), 'BlockingPage'),
})
const staffing = createRoute({
  getParentRoute: () => framed,
  path: '/staffing',
  component: behind('staffing.read', () => import('./staffing/staffing-page.tsx'), 'StaffingPage'),
})
const statistics = createRoute({
  getParentRoute: () => framed,
  path: '/statistics',
  component: behind('statistics.read', () => import('./statistics/statistics-page.tsx'), 'StatisticsPage'),
})
const accounts = createRoute({
  getParentRoute: () => framed,
  path: '/access',
  component: behind('access.manage', () => import('./access/accounts-page.tsx'), 'AccountsPage'),
})
const rights = createRoute({
  getParentRoute: () => framed,
  path: '/access/rights',
  component: lazyRouteComponent(() => import('./access/rights-page.tsx'), 'RightsPage'),
})
const glass = createRoute({
  getParentRoute: () => framed,
  path: '/glass',
  component: lazyRouteComponent(() => import('./cases/glass-page.tsx'), 'GlassPage'),
})
const approvals = createRoute({
  getParentRoute: () => framed,
  path: '/access/approvals',
  component: lazyRouteComponent(() => import('./access/approvals-page.tsx'), 'ApprovalsPage'),
})
const ownSessions = createRoute({
  getParentRoute: () => framed,
  path: '/access/own-sessions',
  component: lazyRouteComponent(() => import('./access/own-sessions-page.tsx'), 'OwnSessionsPage'),
})
const log = createRoute({
  getParentRoute: () => framed,
  path: '/audit',
  component: lazyRouteComponent(() => import('./audit/log-page.tsx'), 'LogPage'),
})
const directory = createRoute({
  getParentRoute: () => framed,
  path: '/support/directory',
  component: behind('support.directory', () => import('./support/directory-page.tsx'), 'DirectoryPage'),
})
const ownReferrals = createRoute({
  getParentRoute: () => framed,
  path: '/support/own-referrals',
  component: behind('support.answer', () => import('./support/own-referrals-page.tsx'), 'OwnReferralsPage'),
})
const operations = createRoute({
  getParentRoute: () => framed,
  path: '/operations',
  component: behind('operations.read', () => import('./operations/operations-page.tsx'), 'OperationsPage'),
})

/** A page that is loaded when it is first opened, for whoever has the right. */
function behind<K extends string>(right: string, load: () => Promise<Record<K, () => ReactNode>>, name: K) {
  const Loaded = lazyRouteComponent(load as () => Promise<Record<string, () => ReactNode>>, name)
  function Behind() {
    return (
      <For right={right}>
        <Loaded />
      </For>
    )
  }
  return Object.assign(Behind, {
    preload: async () => {
      await Loaded.preload?.()
    },
  })
}

export const router = createRouter({
  basepath: '/console',
  routeTree: root.addChildren([
    enrolment,
    agencyReturn,
    framed.addChildren([
      home,
      caseList,
      oneCase,
      review,
      lookUp,
      banks,
      oneBank,
      targetList,
      providers,
      target,
      blocking,
      staffing,
      statistics,
      accounts,
      rights,
      approvals,
      glass,
      ownSessions,
      log,
      directory,
      ownReferrals,
      operations,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: Broken,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
