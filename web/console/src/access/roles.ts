export const roles = [
  'officer',
  'leader',
  'commander',
  'counsellor',
  'lawyerLiaison',
  'evidenceCustodian',
  'dataProtectionOfficer',
  'partnerAgent',
  'administrator',
] as const
export type Role = (typeof roles)[number]
