// The block in the editor: its fields in the sidebar, its fallback as inner blocks. The element itself runs on the page only:
// a preview that requests times on every key press would help nobody. The PHP function block() makes the HTML of the page.
(({ blocks, blockEditor, components, element, i18n }) => {
  const { createElement: el, Fragment } = element;
  const { InnerBlocks, InspectorControls, useBlockProps } = blockEditor;
  const { PanelBody, TextControl } = components;
  const { __, sprintf } = i18n;

  /** Attribute, label, help. The first four say what to look for. */
  const FIELDS = [
    ["npi", __("NPI", "find-a-time"), __("Ten digits: the times of this clinician. Several are separated by spaces.", "find-a-time")],
    ["department", __("Clinic", "find-a-time"), __("The clinic’s name in DexCare (urlName): its times, with anyone there.", "find-a-time")],
    ["near", __("Near", "find-a-time"), __("A ZIP code: times around it.", "find-a-time")],
    ["practice", __("Practice", "find-a-time"), __("A practice’s id: visits by video or phone.", "find-a-time")],
    ["visitType", __("Visit type", "find-a-time"), __("Its short name. Patients are asked where this is empty.", "find-a-time")],
    ["product", __("Product", "find-a-time"), __("The name of this page’s use case, as agreed with DexCare.", "find-a-time")],
    ["lang", __("Language", "find-a-time"), __("en or es. Empty: the page’s language.", "find-a-time")],
  ];

  const FALLBACK = [["core/paragraph", { placeholder: __("What patients see when nothing can be booked: a phone number, as a link.", "find-a-time") }]];

  function Edit({ attributes, setAttributes }) {
    const [field, label] = FIELDS.slice(0, 4).find(([name]) => attributes[name]) ?? [];
    const what = field ? sprintf("%s: %s", label, attributes[field]) : __("Say in the sidebar whose times.", "find-a-time");
    const fields = FIELDS.map(([name, label, help]) =>
      el(TextControl, { key: name, label, help, value: attributes[name] ?? "", onChange: (value) => setAttributes({ [name]: value || undefined }) }),
    );
    return el(
      Fragment,
      null,
      el(InspectorControls, null, el(PanelBody, { title: __("Whose times", "find-a-time") }, fields)),
      el("div", useBlockProps(), el("p", null, el("strong", null, __("Find a time", "find-a-time")), " ", what), el(InnerBlocks, { template: FALLBACK })),
    );
  }

  blocks.registerBlockType("find-a-time/element", { edit: Edit, save: () => el(InnerBlocks.Content) });
})(window.wp);
