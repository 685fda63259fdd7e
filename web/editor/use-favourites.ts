import { useLocalStorage } from '@mantine/hooks';

/** The entries of the palette that somebody marked, kept in this browser. */
export function useFavourites(): { favourites: readonly string[]; favour: (key: string) => void } {
  const [favourites, setFavourites] = useLocalStorage<readonly string[]>({
    key: 'rollcall-favourite-blocks',
    defaultValue: [],
    getInitialValueInEffect: false,
  });
  const favour = (key: string): void =>
    setFavourites((old) => (old.includes(key) ? old.filter((one) => one !== key) : [...old, key]));
  return { favourites, favour };
}
