import { useContext } from 'react';
import type { Issue } from '#contract';
import { FormContext } from './form-world.ts';

export const useFormIssues = (): readonly Issue[] => useContext(FormContext).issues;
