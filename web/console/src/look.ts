/**
 * The look of web/shared, told to Mantine: its variables point at our tokens, so that light, dark and contrast
 * are decided in one place. `look.test.ts` over there holds the pairs to WCAG 2.2 AA.
 *
 * @module
 */
import {
  Badge,
  Button,
  Modal,
  NativeSelect,
  PasswordInput,
  Table,
  Textarea,
  TextInput,
  Tooltip,
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'

/** What a colour may mean. There are no others. */
export type Tone = 'accent' | 'good' | 'warn' | 'bad' | 'plain'

/** The nonce that the server wrote into this page; the content policy admits no style without it. */
export function styleNonce(): string {
  return document.querySelector('meta[name="style-nonce"]')?.getAttribute('content') ?? ''
}

const all = (colour: string) => Array.from({ length: 10 }, () => colour) as unknown as MantineColorsTuple

const coloursOf: VariantColorsResolver = ({ color, variant }) => {
  const name = color === 'good' || color === 'warn' || color === 'bad' ? color : 'accent'
  const isPlain = color === 'plain'
  const tone = isPlain ? 'var(--quiet)' : `var(--${name})`
  const soft = isPlain ? 'var(--sunken)' : `var(--${name}-soft)`
  if (variant === 'filled') {
    const ground = isPlain ? 'var(--quiet)' : tone
    const ink = name === 'accent' && !isPlain ? 'var(--accent-ink)' : 'var(--surface)'
    const hover = name === 'accent' && !isPlain ? 'var(--accent-strong)' : ground
    return { background: ground, hover, color: ink, border: '1px solid transparent' }
  }
  if (variant === 'light')
    return { background: soft, hover: soft, color: tone, border: '1px solid transparent' }
  if (variant === 'outline' || variant === 'dot')
    return { background: 'transparent', hover: soft, color: tone, border: `1px solid ${tone}` }
  if (variant === 'subtle' || variant === 'transparent')
    return { background: 'transparent', hover: soft, color: tone, border: '1px solid transparent' }
  return {
    background: 'var(--surface)',
    hover: 'var(--sunken)',
    color: 'var(--ink)',
    border: '1px solid var(--edge)',
  }
}

export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  headings: {
    fontFamily: 'var(--font)',
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.35' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  fontSizes: { xs: '0.8125rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  defaultRadius: 'sm',
  radius: { sm: '6px', md: '8px' },
  primaryColor: 'accent',
  colors: {
    accent: all('#0e5a63'),
    good: all('#1c6540'),
    warn: all('#7a5100'),
    bad: all('#9f2f28'),
    plain: all('#4e5d5d'),
  },
  variantColorResolver: coloursOf,
  respectReducedMotion: true,
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    Badge: Badge.extend({
      defaultProps: { variant: 'light', size: 'md', radius: 'sm', tt: 'none', fw: 550 },
    }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 7, horizontalSpacing: 'sm' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'sm' } }),
    PasswordInput: PasswordInput.extend({ defaultProps: { size: 'sm' } }),
    NativeSelect: NativeSelect.extend({ defaultProps: { size: 'sm' } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'sm' } }),
    Modal: Modal.extend({
      defaultProps: { centered: true, transitionProps: { duration: 0 }, overlayProps: { blur: 0 } },
    }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withArrow: true } }),
  },
})

const tones = ['accent', 'good', 'warn', 'bad'].flatMap(name => [
  [`--mantine-color-${name}-filled`, `var(--${name})`],
  [`--mantine-color-${name}-filled-hover`, `var(--${name})`],
  [`--mantine-color-${name}-light`, `var(--${name}-soft)`],
  [`--mantine-color-${name}-light-hover`, `var(--${name}-soft)`],
  [`--mantine-color-${name}-light-color`, `var(--${name})`],
  [`--mantine-color-${name}-outline`, `var(--${name})`],
  [`--mantine-color-${name}-text`, `var(--${name})`],
])

const ours = {
  ...Object.fromEntries(tones),
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--quiet)',
  '--mantine-color-placeholder': 'var(--quiet)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--sunken)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--edge)',
  '--mantine-color-disabled': 'var(--sunken)',
  '--mantine-color-disabled-color': 'var(--quiet)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-contrast': 'var(--accent-ink)',
  '--table-border-color': 'var(--line)',
}

// light-dark() in the tokens follows Mantine's colour scheme by itself; it only has to win over Mantine's own.
export const variables: CSSVariablesResolver = () => ({ variables: {}, light: ours, dark: ours })
