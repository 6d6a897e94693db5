<?php
/**
 * The tag: which attributes an author may set, and its HTML. This file escapes everything that it returns.
 *
 * @package FindATime
 */

namespace FindATime;

defined( 'ABSPATH' ) || exit;

/**
 * The attributes that an author may set. Left out on purpose: `api`, `visits`, `assets` and others that decide where a
 * patient's token goes; `event-details`, which tells every script on the page about a person's care; `support-reference`,
 * which is to add a header that the hosts have to allow. Of these, the settings have `api` and `visits`.
 */
const FROM_AUTHORS = array(
	'npi', 'department', 'near', 'radius', 'practice', 'region', 'mode', 'visit-type', 'patient-type', 'specialty', 'gender',
	'clinic-type', 'provider-slots', 'days', 'max-days', 'view', 'booking', 'clinician-line', 'lang', 'time-zone',
	'heading-level', 'loading', 'product', 'backup-times', 'people',
);

/** The on/off attributes that an author may set. */
const FLAGS_FROM_AUTHORS = array( 'interpreter', 'clinic-line' );

/**
 * The element with its fallback, as HTML.
 *
 * @param array  $given    Names and values as an author wrote them, not checked yet.
 * @param string $fallback HTML as an author wrote it, not checked yet.
 */
function element( array $given, $fallback ) {
	$settings = settings();
	$fallback = wp_kses_post( $fallback );
	if ( is_blank( $fallback ) ) {
		$fallback = wp_kses_post( $settings['fallback'] );
	}
	// Balanced, so that no stray end tag closes the element.
	$fallback = force_balance_tags( $fallback );
	if ( ! is_ready() ) {
		// Without the element, show at least the phone number.
		return $fallback;
	}
	enqueue();
	$attributes = '';
	foreach ( array( 'api', 'visits', 'scheduling' ) as $name ) {
		if ( '' !== $settings[ $name ] ) {
			$attributes .= sprintf( ' %s="%s"', $name, esc_url( $settings[ $name ] ) );
		}
	}
	foreach ( array( 'brand', 'tier' ) as $name ) {
		if ( '' !== $settings[ $name ] ) {
			$attributes .= sprintf( ' %s="%s"', $name, esc_attr( $settings[ $name ] ) );
		}
	}
	foreach ( from_author( $given ) as $name => $value ) {
		$attributes .= sprintf( ' %s="%s"', $name, esc_attr( $value ) );
	}
	return "<find-a-time$attributes>$fallback</find-a-time>";
}

/**
 * Whether HTML shows nothing: the block's template saves an empty paragraph until an author writes into it.
 *
 * @param string $html HTML that `wp_kses_post` has filtered.
 */
function is_blank( $html ) {
	if ( false !== stripos( $html, '<img' ) ) {
		return false;
	}
	// `trim` does not remove no-break spaces.
	return '' === trim( str_replace( array( '&nbsp;', "\xc2\xa0" ), '', wp_strip_all_tags( $html ) ) );
}

/**
 * Returns the attributes with a name of the two lists above; an on/off attribute has the value ''.
 *
 * @param array $given Names and values; in a shortcode, a word without a value has a number as its key.
 * @return array<string, string>
 */
function from_author( array $given ) {
	$taken = array();
	foreach ( FROM_AUTHORS as $name ) {
		$value = isset( $given[ $name ] ) && is_scalar( $given[ $name ] ) ? trim( (string) $given[ $name ] ) : null;
		// With an empty `near` the element asks the patient for a place; any other empty value counts as none.
		if ( null !== $value && ( '' !== $value || 'near' === $name ) ) {
			$taken[ $name ] = $value;
		}
	}
	foreach ( FLAGS_FROM_AUTHORS as $name ) {
		$bare = in_array( $name, array_filter( $given, 'is_int', ARRAY_FILTER_USE_KEY ), true );
		$said = isset( $given[ $name ] ) && false !== $given[ $name ] && 'false' !== $given[ $name ];
		if ( $bare || $said ) {
			$taken[ $name ] = '';
		}
	}
	return $taken;
}
