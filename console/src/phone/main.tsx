import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../shared/tokens.css';
import './styles/phone.css';
import './styles/parts.css';
import { keepPageOffline } from '../shared/offlinePage';
import { PhoneApp } from './PhoneApp';

const root = document.getElementById('root');
if (!root) throw new Error('phone.html has no #root');
createRoot(root).render(
  <StrictMode>
    <PhoneApp />
  </StrictMode>,
);
if (import.meta.env.PROD) keepPageOffline('m');
