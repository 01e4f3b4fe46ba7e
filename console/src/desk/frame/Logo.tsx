export function Logo() {
  return (
    <span className="logo">
      <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
        <rect width="24" height="24" rx="6" fill="#00667A" />
        <path d="M6 18V8l6-3 6 3v10M10 18v-5h4v5" fill="none" stroke="#fff" strokeWidth="2" strokeLinejoin="round" strokeLinecap="round" />
      </svg>
      复工 <small>FUGONG</small>
    </span>
  );
}
