<?php
/**
 * Plugin Name:       Find a time
 * Description:       Puts the <find-a-time> element on pages, by shortcode or block: patients see times that are open and book one.
 * Version:           0.1.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * License:           MIT OR Apache-2.0
 * Text Domain:       find-a-time
 * Domain Path:       /languages
 *
 * This file has the hooks, the shortcode and the block. The tag is in includes/element.php, its script in
 * includes/script.php, the settings of the site's owner in includes/settings.php.
 *
 * @package FindATime
 */

namespace FindATime;

defined( 'ABSPATH' ) || exit;

require __DIR__ . '/includes/settings.php';
require __DIR__ . '/includes/script.php';
require __DIR__ . '/includes/element.php';

add_action( 'init', __NAMESPACE__ . '\begin' );
add_action( 'admin_init', __NAMESPACE__ . '\register_settings' );
add_action( 'admin_menu', __NAMESPACE__ . '\add_settings_page' );
add_action( 'wp_enqueue_scripts', __NAMESPACE__ . '\enqueue_early' );
add_filter( 'script_loader_tag', __NAMESPACE__ . '\as_module', 10, 3 );

/** Registers the script, the shortcode and the block. */
function begin() {
	load_plugin_textdomain( 'find-a-time', false, basename( __DIR__ ) . '/languages' );
	register_script();
	add_shortcode( 'find_a_time', __NAMESPACE__ . '\shortcode' );
	register_block_type( __DIR__ . '/block', array( 'render_callback' => __NAMESPACE__ . '\block' ) );
}

/**
 * [find_a_time npi="1234567893" product="findadoctor"]To book, call …[/find_a_time]
 *
 * @param array|string $given   The attributes as the author wrote them; '' without any.
 * @param string|null  $content What is between the tags: the fallback. `null` if there is no end tag.
 */
function shortcode( $given, $content = null ) {
	// WordPress has already made paragraphs of the post: remove the tags that this left at both ends.
	$content = preg_replace( '#^(?:\s|<br\s*/?>|</p>)+|(?:\s|<br\s*/?>|<p>)+$#i', '', (string) $content );
	return element( is_array( $given ) ? $given : array(), $content );
}

/**
 * Renders the block. Its attributes have the names of the element's properties; its inner blocks are the fallback.
 *
 * @param array  $given   Attributes of the block.
 * @param string $content The inner blocks, rendered.
 */
function block( $given, $content ) {
	$named = array();
	foreach ( $given as $name => $value ) {
		$named[ strtolower( preg_replace( '/[A-Z]/', '-$0', $name ) ) ] = $value;
	}
	return sprintf( '<div %s>%s</div>', get_block_wrapper_attributes(), element( $named, $content ) );
}
