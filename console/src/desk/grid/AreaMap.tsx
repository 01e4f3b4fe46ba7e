import { LngLatBounds, Map as Drawn, Marker, setWorkerUrl, type GeoJSONSource } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import 'maplibre-gl/dist/maplibre-gl.css';
import { useEffect, useRef, useState } from 'react';
import type { AreaLoadView, ShapeView } from '../../api';
import { useDesk } from '../strings';
import { below, boundsOf, features, middleOf, type Measure } from './map';

// A worker of our own origin: the page's policy allows no other.
setWorkerUrl(workerUrl);

interface Props { shapes: ShapeView[]; loads: AreaLoadView[]; measure: Measure; parent: string; onPick: (code: string) => void }

/**
 * The district's own polygons are the whole map: no tiles, no glyphs, nothing from outside. Names are page elements. Whoever
 * cannot see or point at it has the table beside it, which says the same.
 */
export function AreaMap({ shapes, loads, measure, parent, onPick }: Props) {
  const t = useDesk();
  const box = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<Drawn | null>(null);
  const [broken, setBroken] = useState(false);
  const pick = useRef(onPick);
  useEffect(() => { pick.current = onPick; }, [onPick]);

  useEffect(() => {
    if (!box.current) return undefined;
    let made: Drawn;
    try {
      made = new Drawn({
        container: box.current, attributionControl: false, dragRotate: false, pitchWithRotate: false, renderWorldCopies: false, fadeDuration: 0,
        style: {
          version: 8, sources: { areas: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } } },
          layers: [
            { id: 'fill', type: 'fill', source: 'areas', paint: { 'fill-color': ['get', 'colour'] } },
            { id: 'line', type: 'line', source: 'areas', paint: { 'line-color': '#42525d', 'line-width': 1 } },
          ],
        },
      });
    } catch {
      setBroken(true);
      return undefined;
    }
    made.touchZoomRotate.disableRotation();
    made.on('click', 'fill', (event) => {
      const code = event.features?.[0]?.properties['code'] as unknown;
      if (typeof code === 'string') pick.current(code);
    });
    made.on('mouseenter', 'fill', () => { made.getCanvas().style.cursor = 'pointer'; });
    made.on('mouseleave', 'fill', () => { made.getCanvas().style.cursor = ''; });
    // The table is what the keyboard reaches.
    made.getCanvas().tabIndex = -1;
    made.on('load', () => setMap(made));
    return () => {
      setMap(null);
      made.remove();
    };
  }, []);

  useEffect(() => {
    if (!map) return undefined;
    const drawn = below(shapes, parent);
    map.getSource<GeoJSONSource>('areas')?.setData(features(drawn, loads, measure));
    const names = drawn.map((it) => {
      const name = document.createElement('span');
      name.className = 'map-name';
      name.textContent = it.name;
      return new Marker({ element: name }).setLngLat(middleOf(it)).addTo(map);
    });
    return () => names.forEach((it) => it.remove());
  }, [map, shapes, loads, measure, parent]);

  useEffect(() => {
    const bounds = boundsOf(below(shapes, parent));
    if (map && bounds) map.fitBounds(new LngLatBounds(bounds), { padding: 32, animate: false });
  }, [map, shapes, parent]);

  return broken ? <p className="muted" role="status">{t.grid.map.broken}</p> : <div ref={box} className="map" role="img" aria-label={t.grid.map.label} data-drawn={map ? 'true' : undefined} />;
}
