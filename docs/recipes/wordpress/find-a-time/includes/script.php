<?php
/**
 * The script and the room it takes: on pages that have the element, and on no other.
 *
 * @package FindATime
 */

namespace FindATime;

defined( 'ABSPATH' ) || exit;

/** Makes the script and the reserved height known. */
function register_script() {
	$settings = settings();
	if ( '' === $settings['script'] ) {
		return;
	}
	// No version of WordPress's own: it would be added to the address.
	wp_register_script( 'find-a-time', $settings['script'], array(), null, true ); // phpcs:ignore WordPress.WP.EnqueuedResourceParameters
	wp_register_style( 'find-a-time', false, array(), null ); // phpcs:ignore WordPress.WP.EnqueuedResourceParameters
	wp_add_inline_style( 'find-a-time', sprintf( 'find-a-time{display:block;min-block-size:%drem}', $settings['room'] ) );
}

/** Called where the element is rendered. */
function enqueue() {
	wp_enqueue_script( 'find-a-time' );
	wp_enqueue_style( 'find-a-time' );
}

/** A theme that renders its head before the content would print the reserved height too late: look ahead. */
function enqueue_early() {
	$post = is_singular() ? get_post() : null;
	if ( $post && is_ready() && ( has_block( 'find-a-time/element', $post ) || has_shortcode( $post->post_content, 'find_a_time' ) ) ) {
		enqueue();
	}
}

/**
 * The script's tag: a module, with its integrity. `wp_enqueue_script_module` of WordPress 6.5 takes no integrity; this way
 * is the same in every version. What others add before and after (`wp_add_inline_script`) stays.
 *
 * @param string $tag    The tag as WordPress made it.
 * @param string $handle Which script.
 * @param string $src    Its address.
 */
function as_module( $tag, $handle, $src ) {
	if ( 'find-a-time' !== $handle ) {
		return $tag;
	}
	$attributes = array(
		'type' => 'module',
		'src'  => $src,
		'id'   => 'find-a-time-js',
	);
	if ( '' !== settings()['integrity'] ) {
		$attributes['integrity']   = settings()['integrity'];
		$attributes['crossorigin'] = 'anonymous';
	}
	$own = trim( wp_get_script_tag( $attributes ) );
	return preg_replace_callback(
		'#<script\b[^>]*\ssrc=[^>]*></script>#',
		function () use ( $own ) {
			return $own;
		},
		$tag,
		1
	);
}
