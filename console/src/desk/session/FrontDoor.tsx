import { type ReactNode } from 'react';
import { LangSwitch } from '../frame/LangSwitch';
import { Logo } from '../frame/Logo';
import { useDesk } from '../strings';
import './door.css';

/** The pages outside the frame: sign-in and invitation. */
export function FrontDoor({ children }: { children: ReactNode }) {
  const t = useDesk();
  return (
    <div className="door">
      <header className="door-head">
        <Logo />
        <LangSwitch />
      </header>
      <main className="door-card">{children}</main>
      <footer className="door-note">{t.signIn.footer}</footer>
    </div>
  );
}
