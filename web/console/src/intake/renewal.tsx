import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useAct } from '../controls/act.tsx'
import { Refused } from '../controls/answer.tsx'
import { useWords } from '../language.tsx'
import { renewReceipt, type SureBy } from './mailbox.ts'
import { words } from './words.ts'

const sureBy = ['document', 'knownPerson'] as const
const sureByWord = { document: 'sureByDocument', knownPerson: 'sureByPerson' } as const

/** A new receipt for somebody who has lost theirs and is here in person. */
export function Renewal({ report }: { readonly report: string }) {
  const say = useWords(words)
  const [isOpen, setOpen] = useState(false)
  const [chosen, choose] = useState<SureBy>()
  const act = useAct({
    verb: (how: SureBy) => renewReceipt(report, how),
    changes: [['intake', 'mailbox', report]],
    isQuiet: true,
  })
  const close = () => {
    setOpen(false)
    choose(undefined)
    act.clear()
  }
  return (
    <>
      <Button variant="default" size="sm" mt="sm" onClick={() => setOpen(true)}>
        {say('renew')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={say('renew')}
        closeButtonProps={{ 'aria-label': say('renewClose') }}
        closeOnClickOutside={act.answer === undefined}
      >
        {act.answer === undefined ? (
          <form
            onSubmit={event => {
              event.preventDefault()
              if (chosen !== undefined) act.run(chosen)
            }}
          >
            <Stack gap="md">
              <Text size="sm">{say('renewHint')}</Text>
              <Radio.Group label={say('sureBy')} value={chosen ?? null} onChange={choose}>
                <Stack gap="xs" mt="xs">
                  {sureBy.map(each => (
                    <Radio key={each} value={each} label={say(sureByWord[each])} />
                  ))}
                </Stack>
              </Radio.Group>
              <Refused error={act.error} />
              <Group justify="flex-end">
                <Button type="submit" loading={act.isBusy} disabled={chosen === undefined}>
                  {say('renewConfirm')}
                </Button>
              </Group>
            </Stack>
          </form>
        ) : (
          <Stack gap="md">
            <Text size="sm">{say('renewed')}</Text>
            <p className="new-receipt" aria-label={say('newReceipt')}>
              {act.answer.match(/.{4}/g)?.join(' ')}
            </p>
            <Group justify="flex-end">
              <Button onClick={close}>{say('renewDone')}</Button>
            </Group>
          </Stack>
        )}
      </Modal>
    </>
  )
}
