import { ActionIcon, Button, Tooltip, useMantineColorScheme } from '@mantine/core'
import { IconBrightnessHalf, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react'
import { useChosenLanguage, useWords } from '../language.tsx'
import { words } from './words.ts'

export function LanguageButton() {
  const { language, choose } = useChosenLanguage()
  const say = useWords(words)
  const other = language === 'ko' ? 'en' : 'ko'
  return (
    <Button
      variant="subtle"
      color="plain"
      size="compact-sm"
      leftSection={<IconLanguage size={16} />}
      lang={other}
      title={say('languageHint')}
      onClick={() => choose(other)}
    >
      {say('language')}
    </Button>
  )
}

const turns = { auto: 'light', light: 'dark', dark: 'auto' } as const
const icons = { auto: IconBrightnessHalf, light: IconSun, dark: IconMoon }
const names = { auto: 'themeAuto', light: 'themeLight', dark: 'themeDark' } as const

export function ThemeButton() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const say = useWords(words)
  const Icon = icons[colorScheme]
  return (
    <Tooltip label={say(names[colorScheme])}>
      <ActionIcon
        variant="subtle"
        color="plain"
        aria-label={say(names[colorScheme])}
        onClick={() => setColorScheme(turns[colorScheme])}
      >
        <Icon size={18} />
      </ActionIcon>
    </Tooltip>
  )
}
