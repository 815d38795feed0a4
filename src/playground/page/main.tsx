import { createRoot } from 'react-dom/client';
import { App } from './frame/app';
import { listen } from './store/listen';
import { store } from './store/store';
import 'slack-blocks-to-jsx/dist/style.css';
import './styles/tokens.css';
import './styles/controls.css';
import './styles/frame.css';
import './styles/conversation.css';
import './styles/blocks.css';
import './styles/modal.css';
import './styles/drawer.css';

listen(store);
const root = document.getElementById('page');
if (root) createRoot(root).render(<App />);
