import { RightOutlined } from '@ant-design/icons';
import { Fragment, type ReactNode } from 'react';
import { Link } from 'react-router';

/** Title of a page that is no list. */
export function PageHead({ title, second, children }: { title: string; second?: ReactNode; children?: ReactNode }) {
  return (
    <div className="page-head">
      <h1>{title}{second ? <small>{second}</small> : null}</h1>
      <div className="page-actions">{children}</div>
    </div>
  );
}

interface CrumbsProps {
  trail: { to: string; text: string }[];
  here: string;
  label: string;
  /** The page has no other heading. */
  heading?: boolean;
  children?: ReactNode;
}

/** Where we are: the list, then this. */
export function Crumbs({ trail, here, label, heading, children }: CrumbsProps) {
  const Here = heading ? 'h1' : 'b';
  return (
    <div className="crumbs">
      <nav aria-label={label}>
        {trail.map((step) => <Fragment key={step.to}><Link to={step.to}>{step.text}</Link><RightOutlined aria-hidden /></Fragment>)}
        <Here aria-current="page">{here}</Here>
      </nav>
      <div className="page-actions">{children}</div>
    </div>
  );
}
