import { useQuery } from '@tanstack/react-query'
import { Answer } from '../controls/answer.tsx'
import { Page } from '../controls/page.tsx'
import { useSaying, useWords } from '../language.tsx'
import * as access from './api.ts'
import { roles } from './api.ts'
import { roleWord, words } from './words.ts'

/** Who may do what, as the server holds it: for everybody, since it binds everybody. */
export function RightsPage() {
  const say = useWords(words)
  return (
    <Page title={say('rightsTitle')} lead={say('rightsLead')}>
      <Matrix />
    </Page>
  )
}

function Matrix() {
  const say = useWords(words)
  const { either } = useSaying()
  const query = useQuery({ queryKey: ['access', 'rights'], queryFn: access.rights, staleTime: 3_600_000 })
  return (
    <Answer of={query} lines={10}>
      {lines => (
        <div className="matrix" role="region" aria-label={say('rightsTitle')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('right')}</th>
                {roles.map(role => (
                  <th key={role} scope="col">
                    {say(roleWord[role])}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines.map(line => (
                <tr key={line.right}>
                  <th scope="row">
                    {line.sentence === undefined ? line.right : either(line.sentence)}
                    <code>{line.right}</code>
                  </th>
                  {roles.map(role => (
                    <td key={role}>
                      <Mark isOn={line.roles.includes(role)} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Answer>
  )
}

function Mark({ isOn }: { readonly isOn: boolean }) {
  const say = useWords(words)
  return (
    <>
      <span aria-hidden="true" className={isOn ? 'mark-on' : 'mark-off'}>
        {isOn ? '●' : '·'}
      </span>
      <span className="unseen">{say(isOn ? 'may' : 'mayNot')}</span>
    </>
  )
}
