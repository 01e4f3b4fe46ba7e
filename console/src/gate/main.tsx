import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../shared/tokens.css';
import './styles/board.css';
import './styles/verdict.css';
import './styles/dialogs.css';
import './styles/phone.css';
import { GateApp } from './GateApp';
import { keepPageOffline } from '../shared/offlinePage';

const root = document.getElementById('root');
if (!root) throw new Error('gate.html has no #root');
createRoot(root).render(
  <StrictMode>
    <GateApp />
  </StrictMode>,
);
if (import.meta.env.PROD) keepPageOffline('gate');
