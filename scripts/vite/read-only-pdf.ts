import type { Plugin } from 'vite';
import { emptyOut } from './empty-out';

/**
 * What draws pages, shows forms and notes, fetches by itself and writes PDFs, by the file of pdf.js that has it. Here only text is read from PDFs, and their
 * title, author and date. What makes fonts ready to be drawn stays: it also finds out what a font's codes mean; so does what reads glyphs that are drawn by the
 * page's own operators, as their size comes from these.
 */
const unused = {
  'pdf.mjs': `
    AltText AnnotationEditor AnnotationEditorLayer AnnotationEditorUIManager AnnotationElement AnnotationLayer AnnotationStorage
    CanvasDependencyTracker CanvasGraphics ColorConverters ColorPicker Comment DOMCanvasFactory DOMFilterFactory
    DOMStandardFontDataFactory DOMWasmFactory DrawingEditor EditorToolbar FloatingToolbar FontFaceObject FontInfo FontLoader
    FontPathInfo FreeDrawOutline FreeDrawOutliner FreeTextEditor globalThis._pdfjsTestingUtils globalThis.pdfjsLib HighlightEditor
    HighlightOutliner ImageManager InkDrawOutline InkDrawOutliner InkEditor InternalRenderTask KeyboardManager LinkAnnotationElement
    NodeCanvasFactory NodeCMapReaderFactory NodeFilterFactory NodeStandardFontDataFactory NodeWasmFactory OptionalContentConfig
    PatternInfo PDFDataTransportStream PDFFetchStream PDFNetworkStream PDFNodeStream PopupElement RenderTask SignatureEditor
    SignatureExtractor StampEditor TextLayer TilingPattern TouchManager XfaLayer XfaText`,
  'pdf.worker.mjs': `
    AnnotationFactory CCITTFaxDecoder CmykICCBasedCS CssFontInfo FontInfo FontRendererFactory getFontSubstitution getXfaFontDict
    getXfaFontName IccColorSpace ImageResizer incrementalUpdate Intersector Jbig2Image JBig2WasmImage JpegImage JpxImage
    PartialEvaluator.buildFontPaths PartialEvaluator.buildPaintImageXObject Pattern PatternInfo PDFEditor PDFImage PopupAnnotation
    StructTreePage StructTreeRoot SystemFontInfo WidgetAnnotation XFAFactory`,
} as const;

/** Leaves out of pdf.js what is not for reading text, which is more than half of it. */
export function readOnlyPdf(file: keyof typeof unused): Plugin {
  return {
    name: 'commonplace:read-only-pdf',
    transform: {
      filter: { id: `**/pdfjs-dist/legacy/build/${file}*` },
      handler: (code) => ({ code: withoutUnused(code, file), map: null }),
    },
  };
}

/** The source of a file of pdf.js, without. */
export function withoutUnused(code: string, file: keyof typeof unused): string {
  return emptyOut(code, unused[file].trim().split(/\s+/));
}
