import { Button, type ButtonProps } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { linkTo } from './link-to.ts';

interface Props extends Pick<ButtonProps, 'variant' | 'size' | 'leftSection' | 'rightSection'> {
  to: string;
  children: ReactNode;
}

/** A button that opens a page of ours. */
export function LinkButton({ to, children, ...look }: Props) {
  return (
    <Button renderRoot={(root: object) => <Link {...root} {...linkTo(to)} />} {...look}>
      {children}
    </Button>
  );
}
