import { Button, CopyButton, Group, TextInput } from '@mantine/core'
import { useWords } from '../language.tsx'
import { words } from './words.ts'

/** Something that is shown once, to be copied. */
export function Secret({ label, value }: { readonly label: string; readonly value: string }) {
  const say = useWords(words)
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Group align="flex-end" gap="xs" wrap="nowrap">
          <TextInput
            label={label}
            value={value}
            readOnly
            className="secret"
            onFocus={event => event.currentTarget.select()}
          />
          <Button variant="default" onClick={copy}>
            {say(copied ? 'copied' : 'copy')}
          </Button>
        </Group>
      )}
    </CopyButton>
  )
}
