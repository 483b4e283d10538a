import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useAct } from '../controls/act.tsx'
import { Answer } from '../controls/answer.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { Rows } from '../controls/list.tsx'
import { Empty, Part, When } from '../controls/page.tsx'
import { useLanguage, useWords } from '../language.tsx'
import { useIdentityProviders } from './agency-account.tsx'
import { unmarkAbove } from './agency-visit.ts'
import * as access from './api.ts'
import { words } from './words.ts'

const identitiesKey = ['access', 'own-identities']

/** Agencies' accounts that open one's own: linked and taken away by the owner. Nothing where no agency has one. */
export function AgencyAccounts() {
  const say = useWords(words)
  const language = useLanguage()
  const { data: providers = [] } = useIdentityProviders()
  const query = useQuery({ queryKey: identitiesKey, queryFn: access.ownIdentities })
  const link = useAct({
    verb: async (provider: string) => {
      unmarkAbove()
      location.assign(await access.beginAgencyLink(provider))
    },
  })
  if (providers.length === 0) return null
  const titleOf = (name: string) => providers.find(each => each.name === name)?.title[language] ?? name
  const linked = new Set(query.data?.map(row => row.provider))
  return (
    <Part title={say('agencyAccounts')}>
      <Stack gap="sm">
        <Answer of={query} lines={2}>
          {rows => (
            <Rows
              of={rows}
              label={say('agencyAccounts')}
              keyOf={row => row.provider}
              empty={<Empty title={say('noAgencyAccount')} hint={say('noAgencyAccountHint')} />}
              columns={[
                { key: 'name', name: say('name'), isWide: true, cell: row => titleOf(row.provider) },
                { key: 'linked', name: say('linkedAt'), cell: row => <When at={row.linkedAt} /> },
                {
                  key: 'remove',
                  name: say('unlink'),
                  isAct: true,
                  cell: row => (
                    <AskedButton
                      label={say('unlink')}
                      title={say('unlinkTitle')}
                      sentence={say('unlinkSentence')}
                      confirm={say('unlink')}
                      tone="bad"
                      verb={() => access.unlinkAgency(row.provider)}
                      changes={[identitiesKey]}
                    />
                  ),
                },
              ]}
            />
          )}
        </Answer>
        <Text size="sm" c="dimmed">
          {say('linkLeads')}
        </Text>
        <Group>
          {providers
            .filter(each => !linked.has(each.name))
            .map(each => (
              <Button
                key={each.name}
                variant="default"
                loading={link.isBusy}
                onClick={() => link.run(each.name)}
              >
                {say('linkAgency', { agency: each.title[language] })}
              </Button>
            ))}
        </Group>
      </Stack>
    </Part>
  )
}
