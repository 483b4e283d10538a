export const roles = ['officer', 'leader', 'commander', 'counsellor', 'administrator'] as const
export type Role = (typeof roles)[number]
