/** The mark of Rollcall: a list being called, and an answer. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden style={{ flex: 'none' }}>
      <rect width="32" height="32" rx="8" fill="#4553d6" />
      <path
        d="M8 10.5h9M8 16h6M8 21.5h5"
        fill="none"
        stroke="#fff"
        strokeOpacity=".62"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <path
        d="m17 19.2 3 3 5-7.2"
        fill="none"
        stroke="#fff"
        strokeWidth="2.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
