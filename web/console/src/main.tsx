import { createRoot } from 'react-dom/client'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@jikimi/shared/look.css'
import './console.css'
import { Console } from './console.tsx'
import { styleNonce } from './look.ts'

// The scroll lock behind dialogs makes a style element of its own and asks for its nonce here.
Object.assign(globalThis, { __webpack_nonce__: styleNonce() })

createRoot(document.querySelector('#console')!).render(<Console />)
void import('@jikimi/shared/fonts.css')
