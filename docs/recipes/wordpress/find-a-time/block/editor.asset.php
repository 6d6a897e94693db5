<?php
/**
 * The WordPress scripts that editor.js needs.
 *
 * @package FindATime
 */

return array(
	'dependencies' => array( 'wp-block-editor', 'wp-blocks', 'wp-components', 'wp-element', 'wp-i18n' ),
	'version'      => '0.1.0',
);
