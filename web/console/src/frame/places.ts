/**
 * The places of the console: where they are, who sees them, and the letter that follows `g`.
 *
 * @module
 */
import {
  IconAddressBook,
  IconBan,
  IconChartBar,
  IconChecks,
  IconDatabase,
  IconEyeCheck,
  IconFolder,
  IconHeartHandshake,
  IconInbox,
  IconLockOpen,
  IconScript,
  IconSearch,
  IconSun,
  IconTable,
  IconTool,
  IconTrashX,
  IconUsers,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react'

export interface Place {
  readonly to:
    | '/'
    | '/cases'
    | '/matching'
    | '/matching/look-up'
    | '/matching/banks'
    | '/takedown'
    | '/takedown/providers'
    | '/blocking'
    | '/staffing'
    | '/statistics'
    | '/access'
    | '/access/rights'
    | '/access/approvals'
    | '/glass'
    | '/audit'
    | '/support/directory'
    | '/support/own-referrals'
    | '/operations'
  readonly word:
    | 'home'
    | 'cases'
    | 'matching'
    | 'lookUp'
    | 'banks'
    | 'takedown'
    | 'providers'
    | 'blocking'
    | 'staffing'
    | 'statistics'
    | 'access'
    | 'rights'
    | 'approvals'
    | 'glass'
    | 'audit'
    | 'directory'
    | 'ownReferrals'
    | 'operations'
  readonly group: 'groupWork' | 'groupUnit' | 'groupSystem'
  readonly icon: Icon
  /** A right that opens it; without one it is everybody's. */
  readonly right?: string
  /** As `KeyboardEvent.code`: the same key whether Korean or Latin letters are switched on. */
  readonly key: string
}

export const places: readonly Place[] = [
  { to: '/', word: 'home', group: 'groupWork', icon: IconSun, key: 'KeyH' },
  { to: '/cases', word: 'cases', group: 'groupWork', icon: IconFolder, right: 'cases.read', key: 'KeyC' },
  {
    to: '/matching',
    word: 'matching',
    group: 'groupWork',
    icon: IconEyeCheck,
    right: 'matching.read',
    key: 'KeyM',
  },
  {
    to: '/matching/look-up',
    word: 'lookUp',
    group: 'groupWork',
    icon: IconSearch,
    right: 'matching.lookUp',
    key: 'KeyF',
  },
  {
    to: '/takedown',
    word: 'takedown',
    group: 'groupWork',
    icon: IconTrashX,
    right: 'takedown.read',
    key: 'KeyT',
  },
  {
    to: '/blocking',
    word: 'blocking',
    group: 'groupWork',
    icon: IconBan,
    right: 'blocking.read',
    key: 'KeyB',
  },
  { to: '/glass', word: 'glass', group: 'groupWork', icon: IconLockOpen, key: 'KeyE' },
  { to: '/access/approvals', word: 'approvals', group: 'groupWork', icon: IconChecks, key: 'KeyV' },
  {
    to: '/takedown/providers',
    word: 'providers',
    group: 'groupWork',
    icon: IconAddressBook,
    right: 'takedown.providers',
    key: 'KeyP',
  },
  {
    to: '/matching/banks',
    word: 'banks',
    group: 'groupWork',
    icon: IconDatabase,
    right: 'matching.banks',
    key: 'KeyD',
  },
  {
    to: '/support/directory',
    word: 'directory',
    group: 'groupWork',
    icon: IconHeartHandshake,
    right: 'support.directory',
    key: 'KeyU',
  },
  {
    to: '/support/own-referrals',
    word: 'ownReferrals',
    group: 'groupWork',
    icon: IconInbox,
    right: 'support.answer',
    key: 'KeyI',
  },
  {
    to: '/staffing',
    word: 'staffing',
    group: 'groupUnit',
    icon: IconUsersGroup,
    right: 'staffing.read',
    key: 'KeyS',
  },
  {
    to: '/statistics',
    word: 'statistics',
    group: 'groupUnit',
    icon: IconChartBar,
    right: 'statistics.read',
    key: 'KeyN',
  },
  {
    to: '/access',
    word: 'access',
    group: 'groupSystem',
    icon: IconUsers,
    right: 'access.manage',
    key: 'KeyA',
  },
  { to: '/access/rights', word: 'rights', group: 'groupSystem', icon: IconTable, key: 'KeyR' },
  { to: '/audit', word: 'audit', group: 'groupSystem', icon: IconScript, key: 'KeyL' },
  {
    to: '/operations',
    word: 'operations',
    group: 'groupSystem',
    icon: IconTool,
    right: 'operations.read',
    key: 'KeyO',
  },
]
