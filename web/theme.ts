import {
  ActionIcon,
  Alert,
  Anchor,
  Badge,
  Button,
  Card,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  InputWrapper,
  type MantineColorsTuple,
  Menu,
  Modal,
  Paper,
  SegmentedControl,
  Tooltip,
} from '@mantine/core';

// Shade 6 on white and shade 4 on the dark ground both reach 4.5 : 1.
const indigo: MantineColorsTuple = [
  '#eef0ff',
  '#dfe3fe',
  '#c3cafc',
  '#a2acf8',
  '#8c96f5',
  '#6a76e8',
  '#4553d6',
  '#3a46b9',
  '#323c99',
  '#2c3579',
];

const red: MantineColorsTuple = [
  '#fdefee',
  '#fbdcda',
  '#f3b9b5',
  '#ec9690',
  '#e5746d',
  '#dc544c',
  '#c9352f',
  '#ab2b26',
  '#8a2320',
  '#6e1c1a',
];

const gray: MantineColorsTuple = [
  '#f7f8fb',
  '#eef0f5',
  '#e3e6ed',
  '#d3d8e2',
  '#b9c0ce',
  '#7b8496',
  '#596275',
  '#434b5c',
  '#2b3240',
  '#171c26',
];

const dark: MantineColorsTuple = [
  '#e4e8f0',
  '#c6cdd9',
  '#9ba5b7',
  '#7d879a',
  '#3a4250',
  '#2a303b',
  '#20252e',
  '#1a1e26',
  '#14171d',
  '#0e1015',
];

/** A `<header>` in a dialog would be one more banner of the page to whoever cannot see it. */
const dialogParts = { header: { role: 'presentation' } };

/** How every Mantine component of Rollcall looks. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 6, dark: 6 },
  colors: { indigo, red, gray, dark },
  black: '#171c26',
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, Menlo, Consolas, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.45' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '10px', xl: '14px' },
  shadows: { xs: 'var(--rc-shadow)', sm: 'var(--rc-shadow)', md: 'var(--rc-shadow-lifted)' },
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.45' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Alert: Alert.extend({ defaultProps: { variant: 'light' } }),
    Anchor: Anchor.extend({ defaultProps: { underline: 'hover' } }),
    Badge: Badge.extend({ defaultProps: { radius: 'sm', variant: 'light', tt: 'none', fw: 550 } }),
    Button: Button.extend({ defaultProps: { fw: 550 } }),
    Card: Card.extend({ defaultProps: { withBorder: true, padding: 'md' } }),
    Paper: Paper.extend({ defaultProps: { withBorder: true } }),
    Menu: Menu.extend({
      defaultProps: {
        shadow: 'md',
        position: 'bottom-end',
        transitionProps: { duration: 120 },
        // Focus begins at the first entry; the placeholder is nothing that a menu may hold.
        withInitialFocusPlaceholder: false,
      },
    }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        closeButtonProps: { 'aria-label': 'Close' },
        overlayProps: { backgroundOpacity: 0.4 },
        transitionProps: { duration: 140 },
        attributes: dialogParts,
      },
      styles: {
        title: { minWidth: 0, fontWeight: 620, fontSize: '1rem', lineHeight: 1.35, overflowWrap: 'anywhere' },
      },
    }),
    Drawer: Drawer.extend({
      defaultProps: {
        position: 'right',
        closeButtonProps: { 'aria-label': 'Close' },
        overlayProps: { backgroundOpacity: 0.4 },
        transitionProps: { duration: 160 },
        attributes: dialogParts,
      },
      styles: {
        title: { minWidth: 0, fontWeight: 620, fontSize: '1rem', lineHeight: 1.35, overflowWrap: 'anywhere' },
      },
    }),
    SegmentedControl: SegmentedControl.extend({
      defaultProps: { withItemsBorders: false, transitionDuration: 140 },
    }),
    InputWrapper: InputWrapper.extend({
      styles: { label: { marginBottom: 4, fontWeight: 550 }, description: { marginBottom: 4 } },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 250,
        transitionProps: { duration: 120 },
        events: { hover: true, focus: true, touch: false },
      },
    }),
  },
});

/** Greys of Mantine's own variables that its defaults take from elsewhere. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-default-border': 'var(--mantine-color-gray-3)',
    '--mantine-color-dimmed': 'var(--mantine-color-gray-6)',
    '--mantine-color-placeholder': '#6a7386',
    '--mantine-color-default-hover': 'var(--mantine-color-gray-0)',
    '--mantine-color-error': '#b42121',
  },
  dark: {
    '--mantine-color-default-border': 'var(--mantine-color-dark-4)',
    '--mantine-color-default-hover': 'var(--mantine-color-dark-5)',
    '--mantine-color-placeholder': '#8a94a7',
    '--mantine-color-error': '#ff9c93',
  },
});
