import { useEffect } from 'react';
import { Conversation } from '../conversation/conversation';
import { Drawer } from '../drawer/drawer';
import { AppHome } from '../home/app-home';
import { ModalStack } from '../modal/modal-stack';
import { channelHash } from '../store/route';
import { useStore } from '../store/use-store';
import { useTheme } from '../store/use-theme';
import { Tour } from '../tour/tour';
import { useWords } from '../words/use-words';
import { Banner } from './banner';
import { NoticeLine } from './notice-line';
import { Sidebar } from './sidebar';
import { TopBar } from './top-bar';

/** The whole page: what the person sees of Slack, and beside it the drawer. */
export function App() {
  const words = useWords();
  const theme = useTheme();
  const isReady = useStore(({ page }) => page !== null);
  const { drawer, tour } = useStore(({ preferences }) => preferences);
  useFirstChannel();
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.lang = words.locale;
    document.title = words.frame.brand;
  }, [theme, words]);
  return (
    <div className={drawer ? 'frame with-drawer' : 'frame'}>
      <TopBar />
      <Banner />
      {isReady ? (
        <>
          <Sidebar />
          <main>
            {tour && <Tour />}
            <Front />
          </main>
          {drawer && <Drawer />}
          <ModalStack />
        </>
      ) : (
        <main className="waiting">
          <p role="status">{words.frame.connecting}</p>
        </main>
      )}
      <NoticeLine />
    </div>
  );
}

function Front() {
  const route = useStore((state) => state.route);
  if (route.kind === 'start') return null;
  return route.kind === 'home' ? <AppHome /> : <Conversation key={route.channel} route={route} />;
}

/** Without a route in the address, a person begins in the first channel. */
function useFirstChannel() {
  const isAtStart = useStore(({ route }) => route.kind === 'start');
  const first = useStore(({ page }) => page?.channels[0]?.id);
  useEffect(() => {
    if (isAtStart && first) location.replace(channelHash(first));
  }, [isAtStart, first]);
}
